// The process that parses. It gets a file's bytes, answers with its text, and has nothing worth taking: no environment,
// no database, no keys. Whatever a file does to it, the process that started it goes on.
import net from 'node:net';
import { Worker } from 'node:worker_threads';
import { Problem } from '../record/problem.ts';
import type { ProcessAnswer, ProcessTask } from './process-message.ts';
import { readFormat } from './read-format.ts';

/** No page, PDF or document is given a way to call home, whatever a library may be talked into. */
function forbidNetwork(): void {
  net.Socket.prototype.connect = () => {
    throw new Error('the reading process has no network');
  };
  for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);
}

/**
 * Ends this process when its parent is gone, even while it is busy parsing and hears no event: a thread looks.
 * Interrupts meant for the parent's whole group are left to the parent, which ends its readers by itself.
 */
function endWithParent(): void {
  const look = `
    const { ppid } = process;
    setInterval(() => process.ppid === ppid || process.kill(process.pid, 'SIGKILL'), 1000);`;
  new Worker(look, { eval: true, execArgv: [] }).unref();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
}

const language = () => Promise.all([import('../language/propose.ts'), import('../language/detect.ts')]);

async function perform(task: ProcessTask): Promise<ProcessAnswer> {
  switch (task.task) {
    case 'read': {
      const result = await readFormat(task.bytes, task.of, task.limits);
      if (result.ok) return { reading: result };
      // A problem crosses as its code and details; what caused it stays here, and goes to stderr.
      if (result.problem.cause) process.stderr.write(`${String(result.problem.cause)}\n`);
      return { problem: { code: result.problem.code, details: result.problem.details } };
    }
    case 'propose': {
      const [{ propose }, { detectLanguage }] = await language();
      const detected = detectLanguage(task.text).language;
      const spoken = task.language ?? (detected === 'other' ? null : detected);
      // Every language has figures and quotation marks; the English rules do least harm to the others.
      const rules = spoken?.startsWith('fr') ? 'fr' : 'en';
      return { suggestions: propose(task.text, rules, task.context), language: spoken };
    }
    case 'picture':
      return { picture: await (await import('./make-picture.ts')).makePicture(task.bytes, task.mediaType) };
    case 'facts': {
      const { fileFacts } = await import('./file-facts.ts');
      return { facts: await fileFacts(task.bytes, task.mediaType, task.limits) };
    }
    case 'prepare':
      await Promise.all([
        language(),
        import('./read-html.ts'),
        import('./read-markdown.ts'),
        import('./read-docx.ts'),
        import('./read-xlsx.ts'),
        import('./read-pdf.ts').then((pdf) => pdf.prepare()),
      ]);
      return { prepared: true };
  }
}

forbidNetwork();
endWithParent();
process.on('message', (task: ProcessTask) => {
  perform(task)
    .catch((error: unknown): ProcessAnswer => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      const code = error instanceof Problem ? error.code : 'read.crashed';
      return { problem: { code, details: error instanceof Problem ? error.details : {} } };
    })
    .then((answer) => process.send?.(answer));
});
// Without the process that asked, there is nobody to answer.
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true } satisfies ProcessAnswer);
