// Files on their way into a dossier: sent two at a time, followed until they are proposed from or could not be read.
// Kept outside the screens, so that one can begin to read the first file while the tenth is still being sent.
import type { Source } from '../../record/source.ts';
import { type AnswerOf, ApiProblem, addressOf, call, changed, problemOf } from '../api.ts';

/** What the server says happens to a source. */
export type ServerStep = 'received' | 'reading' | 'read' | 'proposing' | 'proposed' | 'unreadable';

/** One file or pasted text, from choice to suggestions. */
export interface Upload {
  id: number;
  dossier: string;
  name: string;
  bytes: number;
  sent: number;
  step: 'waiting' | 'sending' | ServerStep | 'failed';
  source: Source | null;
  duplicate: boolean;
  /** How many suggestions wait, once it has been proposed from. */
  suggestions: number | null;
  problem: ApiProblem | null;
  /** Whether it is handed in as sealed: then it is on no disk in the open. */
  sealed: boolean;
  /** What is sent: a file, pasted text with what the person said of it, or an address for the server to fetch. */
  what: File | { text: string; content: NonNullable<PastedContent> } | { address: string };
}

type PastedContent = Parameters<typeof call<'POST /dossiers/:dossier/sources/text'>>[1]['body']['content'];

const AT_ONCE = 2;
const listeners = new Set<() => void>();
let uploads: readonly Upload[] = [];
let nextId = 0;
/** The newest news of each source: it may come before the answer to the request that sent the file. */
const news = new Map<string, ServerStep>();

/** All uploads, oldest first; a new array after every change. */
export function currentUploads(): readonly Upload[] {
  return uploads;
}

/** Calls back after every change; returns the way to stop. For useSyncExternalStore. */
export function subscribeUploads(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Upload[]): void {
  uploads = next;
  for (const listener of listeners) listener();
  guardLeaving();
}

function update(id: number, change: Partial<Upload>): void {
  set(uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
}

/** Whether nothing more will happen to an upload by itself. */
export function isSettled(upload: Upload): boolean {
  return (
    upload.duplicate ||
    upload.step === 'failed' ||
    upload.step === 'unreadable' ||
    (upload.step === 'proposed' && upload.suggestions !== null)
  );
}

/** Adds files to those on their way. */
export function addFiles(dossier: string, files: readonly File[], sealed = false): void {
  const added = files.map((file) => start(dossier, file.name, file.size, file, sealed));
  set([...uploads, ...added]);
  sendNext();
}

/** Adds pasted text. */
export function addText(dossier: string, text: string, content: NonNullable<PastedContent>): void {
  const name = content.title ?? text.trim().slice(0, 80);
  const sealed = content.sensitivity === 'sealed';
  set([...uploads, start(dossier, name, new TextEncoder().encode(text).length, { text, content }, sealed)]);
  sendNext();
}

/** Adds what stands at an address. */
export function addAddress(dossier: string, address: string, sealed = false): void {
  set([...uploads, start(dossier, address, 0, { address }, sealed)]);
  sendNext();
}

function start(dossier: string, name: string, bytes: number, what: Upload['what'], sealed: boolean): Upload {
  const rest = { source: null, duplicate: false, suggestions: null, problem: null } as const;
  return { id: nextId++, dossier, name, bytes, what, sealed, sent: 0, step: 'waiting', ...rest };
}

/** Sends a failed one again. */
export function retryUpload(id: number): void {
  update(id, { step: 'waiting', sent: 0, problem: null });
  sendNext();
}

/** Takes the settled ones of a dossier, or one of them, off the list. */
export function clearUploads(dossier: string, id?: number): void {
  set(
    uploads.filter(
      (upload) => upload.dossier !== dossier || !isSettled(upload) || (id !== undefined && upload.id !== id),
    ),
  );
}

function sendNext(): void {
  const sending = uploads.filter(({ step }) => step === 'sending').length;
  for (const upload of uploads.filter(({ step }) => step === 'waiting').slice(0, AT_ONCE - sending)) {
    update(upload.id, { step: 'sending' });
    void send(upload);
  }
}

async function send(upload: Upload): Promise<void> {
  try {
    const { source, duplicate } = await sendOne(upload);
    const { bytes } = source;
    update(upload.id, { source, duplicate, bytes, sent: bytes, step: news.get(source.id) ?? source.state });
    void changed();
    if (!duplicate) void settle(upload.id, source.id);
  } catch (error) {
    update(upload.id, { step: 'failed', problem: error as ApiProblem });
  }
  sendNext();
}

function sendOne(upload: Upload): Promise<AnswerOf<'POST /dossiers/:dossier/sources'>> {
  const { what, dossier } = upload;
  if (what instanceof File) return sendFile(upload, what);
  if ('text' in what) return sendText(upload);
  const input = { params: { dossier }, body: { address: what.address, ...sealedContent(upload) } };
  return call('POST /dossiers/:dossier/sources/address', input);
}

const sealedContent = ({ sealed }: Upload) => (sealed ? { content: { sensitivity: 'sealed' as const } } : {});

function sendText(upload: Upload): Promise<AnswerOf<'POST /dossiers/:dossier/sources/text'>> {
  return call('POST /dossiers/:dossier/sources/text', {
    params: { dossier: upload.dossier },
    body: upload.what as Extract<Upload['what'], { text: string }>,
  });
}

/** XMLHttpRequest, because fetch does not tell how much of a body has been sent. */
function sendFile(upload: Upload, file: File): Promise<AnswerOf<'POST /dossiers/:dossier/sources'>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const input = {
      params: { dossier: upload.dossier },
      query: { name: file.name.slice(-300), ...(upload.sealed && { sensitivity: 'sealed' as const }) },
    };
    request.open('POST', addressOf('POST /dossiers/:dossier/sources', input));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => update(upload.id, { sent: Math.min(loaded, upload.bytes) });
    request.onload = async () => {
      if (request.status >= 200 && request.status < 300) return resolve(JSON.parse(request.responseText));
      reject(await problemOf(new Response(request.responseText, { status: Math.max(request.status, 400) })));
    };
    const silent = () =>
      reject(new ApiProblem({ title: 'Constat does not answer.', code: 'network', status: 0 }));
    request.onerror = silent;
    request.onabort = silent;
    request.send(file);
  });
}

/** Takes up what the server says happens to a source. */
export function takeNews(source: string, step: ServerStep): void {
  news.set(source, step);
  const upload = uploads.find((one) => one.source?.id === source && !isSettled(one));
  if (upload) update(upload.id, { step });
}

const LOOK_EVERY = 1500;

/** Follows a source to its end. News may be missed while the line is down, so the source itself is asked as well. */
async function settle(id: number, source: string): Promise<void> {
  for (;;) {
    const upload = uploads.find((one) => one.id === id);
    if (!upload) return;
    if (upload.step === 'proposed' || upload.step === 'unreadable') break;
    await untilNews(source);
    const params = { dossier: upload.dossier, id: source };
    try {
      const found = await call('GET /dossiers/:dossier/sources/:id', { params });
      if (found.state === 'proposed' || found.state === 'unreadable')
        update(id, { source: found, step: found.state });
    } catch {
      // Asked again; the banner says that there is no answer.
    }
  }
  await finish(id, source);
  void changed();
}

async function finish(id: number, source: string): Promise<void> {
  const upload = uploads.find((one) => one.id === id);
  if (!upload) return;
  const params = { dossier: upload.dossier, id: source };
  try {
    const [found, { records }] = await Promise.all([
      call('GET /dossiers/:dossier/sources/:id', { params }),
      call('GET /dossiers/:dossier/sources/:id/records', { params }),
    ]);
    const suggestions = records.filter(({ status }) => status === 'suggested').length;
    update(id, { source: found, suggestions });
  } catch {
    update(id, { suggestions: 0 });
  }
}

function untilNews(source: string): Promise<void> {
  return new Promise((resolve) => {
    const before = news.get(source);
    const stop = subscribeUploads(() => news.get(source) !== before && done());
    const timer = setTimeout(done, LOOK_EVERY);
    function done(): void {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** While bytes are on their way, the browser asks before the page is closed. */
function guardLeaving(): void {
  const sending = uploads.some(({ step }) => step === 'sending' || step === 'waiting');
  if (sending) window.addEventListener('beforeunload', ask);
  else window.removeEventListener('beforeunload', ask);
}
