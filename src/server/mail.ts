// Letters on their way: sent over SMTP where that is set up, tried again later and later; otherwise they wait in the outbox for
// the owner of the house. What a letter says, to whom, and the words of the mail server are never logged.
import { createTransport, type Transporter } from 'nodemailer';
import { problem } from '../record/problem.ts';
import { markFailed, markSent, takeLetter, waitingLetters } from '../store/letters.ts';
import type { Store } from '../store/store.ts';

/** How letters leave. */
export interface MailSettings {
  /** "smtps://user:password@host:465", or "smtp://…", which must offer STARTTLS unless it is this machine. */
  url: string;
  /** The sender’s address. */
  from: string;
}

/** The post of a house, at work. */
export interface Post {
  /** Looks at the outbox now, not at the next minute. */
  poke: () => void;
  close: () => Promise<void>;
}

const MINUTE = 60_000;
/** How long after it was written, or after the last try, a letter is tried; the last of these is given up after. */
const WAITS = [0, 1, 5, 30, 120, 480, 1440].map((minutes) => minutes * MINUTE);
const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Reads the settings of mail from the environment: null where there is no server. Throws `setting.invalid`.
 */
export function mailSettings(env: NodeJS.ProcessEnv): MailSettings | null {
  const url = env.CONSTAT_SMTP_URL;
  const from = env.CONSTAT_MAIL_FROM;
  if (!url) return null;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^smtps?:$/.test(parsed.protocol) || parsed.hostname === '')
    throw problem('setting.invalid', {
      setting: 'CONSTAT_SMTP_URL',
      why: 'Give it as smtps://user:password@host:465 or smtp://user:password@host:587.',
    });
  if (!from || !/^[^\s@<>]+@[^\s@<>]+$/.test(from))
    throw problem('setting.invalid', {
      setting: 'CONSTAT_MAIL_FROM',
      why: 'Give the address that letters come from.',
    });
  return { url, from };
}

/** How the mail server is spoken to: encrypted and with a valid certificate, unless it runs on this machine. */
export function transportOf({ url }: MailSettings) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isHere = THIS_MACHINE.has(hostname);
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !isHere,
    ignoreTLS: !secure && isHere,
    ...(username !== '' && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    connectionTimeout: 30_000,
    socketTimeout: 60_000,
    // A letter is text: nothing is fetched and no file is read for it.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Starts the post. `onFault` is told of what is wrong with Constat itself, not of letters that could not be sent. */
export function startPost(store: Store, settings: MailSettings, onFault: (error: unknown) => void): Post {
  const transport = createTransport(transportOf(settings));
  const lastTry = new Map<string, number>();
  let closed = false;
  let again = false;
  let running: Promise<void> | null = null;
  const poke = () => {
    if (closed) return;
    again = running !== null;
    running ??= round().finally(() => {
      running = null;
      if (again) poke();
    });
  };
  const round = async () => {
    try {
      for (const letter of await waitingLetters(store)) {
        const due = (lastTry.get(letter.id) ?? Date.parse(letter.at)) + (WAITS[letter.tries] ?? 0);
        if (closed || due > Date.now() || !(await takeLetter(store, letter))) continue;
        lastTry.set(letter.id, Date.now());
        const failure = await send(transport, settings.from, letter);
        if (failure === null) await markSent(store, letter.id);
        else
          await markFailed(
            store,
            letter.id,
            failure.why,
            failure.isFinal || letter.tries + 1 >= WAITS.length,
          );
      }
    } catch (error) {
      onFault(error);
    }
  };
  const timer = setInterval(poke, MINUTE);
  timer.unref();
  poke();
  return {
    poke,
    close: async () => {
      closed = true;
      clearInterval(timer);
      await running;
      transport.close();
    },
  };
}

/** Sends one letter; what went wrong otherwise, in codes that name nobody, and whether trying again would be in vain. */
async function send(
  transport: Transporter,
  from: string,
  letter: { recipient: string; subject: string; body: string },
): Promise<{ why: string; isFinal: boolean } | null> {
  try {
    await transport.sendMail({
      from,
      to: { name: '', address: letter.recipient },
      subject: letter.subject,
      text: letter.body,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return null;
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    const why = [code, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown';
    // 5xx is the server’s word that it will not take this letter; a wrong password may be put right.
    return { why, isFinal: (responseCode ?? 0) >= 500 && code !== 'EAUTH' };
  }
}
