// A language model behind an OpenAI-compatible server: one question at a time, answers of limited size in limited time,
// no redirects followed, nothing tried for ever. What goes wrong is a problem that says what to do.
import { setTimeout as pause } from 'node:timers/promises';
import { Problem, problem } from '../record/problem.ts';
import { ANSWER_SCHEMA, type Message } from './model-answer.ts';
import { type ModelNotice, type ModelSettings, noticeOf } from './model-settings.ts';

/** What a model said. */
export interface Reply {
  text: string;
  /** The name of the model as the server reports it, or as it was asked for where it reports none. */
  model: string;
  /** Whether the server cut the answer off for its length. */
  cut: boolean;
}

/** A model that can be asked. */
export interface LanguageModel {
  settings: ModelSettings;
  notice: ModelNotice;
  /** Asks; throws a problem `model.…`, or the signal's reason when it was aborted. */
  ask: (messages: Message[], signal: AbortSignal) => Promise<Reply>;
  /** The models the server offers; null when it does not tell. Throws a problem `model.…` when it does not answer. */
  list: (signal: AbortSignal) => Promise<string[] | null>;
}

/** An answer may be this long, in bytes; what is longer is no list of suggestions. */
const LONGEST_ANSWER = 2_000_000;

/** How often one question is put before it is given up. */
const MOST_TRIES = 3;

/** A server that asks for more patience than this, in seconds, is asked again later, by a person. */
const LONGEST_PATIENCE = 30;

/** The same question gets the same answer, as far as a server can. */
const STEADY = { temperature: 0, seed: 1 };

/** How an answer is asked for, the strictest first. Servers refuse what they do not know; what one takes is kept. */
const FORMS: readonly ((settings: ModelSettings) => object)[] = [
  () => ({
    ...STEADY,
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'suggestions', strict: true, schema: ANSWER_SCHEMA },
    },
  }),
  () => ({ ...STEADY, response_format: { type: 'json_object' } }),
  () => STEADY,
  () => ({}),
];

/** Opens a model; nothing is sent before the first question. */
export function openLanguageModel(settings: ModelSettings): LanguageModel {
  const notice = noticeOf(settings);
  const { host } = notice;
  let form = 0;

  /** One request, in limited time; its answer read whole, up to the limit. */
  async function request(path: string, body: object | null, signal: AbortSignal) {
    const tooLong = AbortSignal.timeout(settings.seconds * 1000);
    try {
      const response = await fetch(`${settings.url}${path}`, {
        method: body === null ? 'GET' : 'POST',
        headers: {
          Accept: 'application/json',
          ...(body !== null && { 'Content-Type': 'application/json' }),
          ...(settings.key !== undefined && { Authorization: `Bearer ${settings.key}` }),
        },
        ...(body !== null && { body: JSON.stringify(body) }),
        // A redirect would send the text to a host nobody was told about.
        redirect: 'manual',
        signal: AbortSignal.any([signal, tooLong]),
      });
      return { response, text: await readLimited(response) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Problem) throw error;
      if (tooLong.aborted) throw problem('model.slow', { host, seconds: settings.seconds });
      throw problem('model.silent', { host }, error);
    }
  }

  async function readLimited(response: Response): Promise<string> {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of response.body ?? []) {
      bytes += part.length;
      if (bytes > LONGEST_ANSWER) throw problem('model.unclear', { host });
      parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
  }

  /** A request, repeated while the server is busy or stumbles. */
  async function patiently(path: string, body: object | null, signal: AbortSignal) {
    for (let tries = 1; ; tries++) {
      const last = tries === MOST_TRIES;
      let asked: Awaited<ReturnType<typeof request>>;
      let patience = settings.pauseMs * 4 ** (tries - 1);
      try {
        asked = await request(path, body, signal);
        const { status, headers } = asked.response;
        if (last || (status !== 429 && status < 500) || status === 501) return asked;
        const wished = Number(headers.get('retry-after') ?? Number.NaN);
        if (wished > LONGEST_PATIENCE) return asked;
        if (wished >= 0) patience = Math.max(patience, wished * 1000);
      } catch (error) {
        if (last || !(error instanceof Problem) || error.code !== 'model.silent') throw error;
      }
      await pause(patience, undefined, { signal });
    }
  }

  return {
    settings,
    notice,
    ask: async (messages, signal) => {
      for (;;) {
        const asked = { model: settings.name, messages, stream: false, ...FORMS[form]!(settings) };
        const { response, text } = await patiently('/chat/completions', asked, signal);
        if (response.ok) return readReply(text, settings.name, host);
        // 400 and its like may be about the form of the question; 401 or 404 are not.
        const aboutForm = [400, 415, 422, 500, 501].includes(response.status);
        if (!aboutForm || form === FORMS.length - 1) throw refusal(response.status, host);
        form++;
      }
    },
    list: async (signal) => {
      const { response, text } = await request('/models', null, signal);
      if (response.status === 404 || response.status === 405) return null;
      if (!response.ok) throw refusal(response.status, host);
      const { data } = (parse(text) ?? {}) as { data?: unknown };
      if (!Array.isArray(data)) return null;
      return data.flatMap((one: { id?: unknown } | null) =>
        typeof one?.id === 'string' ? [plain(one.id)] : [],
      );
    },
  };
}

function refusal(status: number, host: string): Problem {
  if (status === 429) return problem('model.busy', { host });
  if (status >= 500) return problem('model.silent', { host });
  return problem('model.refused', { host, status });
}

function readReply(text: string, asked: string, host: string): Reply {
  const { choices, model } = (parse(text) ?? {}) as {
    choices?: { message?: { content?: unknown }; finish_reason?: unknown }[];
    model?: unknown;
  };
  const [choice] = Array.isArray(choices) ? choices : [];
  const content = choice?.message?.content;
  const said = Array.isArray(content)
    ? content
        .map((part: { text?: unknown } | null) => (typeof part?.text === 'string' ? part.text : ''))
        .join('')
    : content;
  if (typeof said !== 'string') throw problem('model.unclear', { host });
  const name = typeof model === 'string' ? plain(model) : '';
  return { text: said, model: name || plain(asked), cut: choice?.finish_reason === 'length' };
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** A name from a server, fit to be shown: one line, not long. Servers that load a file give its path; its name says enough. */
function plain(name: string): string {
  return name
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/^.*[\\/](?=[^\\/]+\.gguf$)/i, '')
    .trim()
    .slice(0, 120)
    .toWellFormed();
}
