// The catalogue of errors: a stable code, the HTTP status it answers with, and a sentence that says what to do.
// Expected outcomes are return values; a problem is what ends a request or a command.

const CATALOGUE = {
  'request.invalid': [400, (of: { where: string; why: string }) => `${of.where}: ${of.why}`],
  'request.not-json': [400, () => 'The request is not valid JSON. Send application/json.'],
  'request.cursor': [400, () => 'This page link is not valid any more. Start again from the first page.'],
  'request.origin': [
    403,
    () => 'This request came from another site and was refused. Reload the page and try again.',
  ],
  'request.too-many': [
    429,
    (of: { seconds: number }) => `Too many attempts. Wait ${of.seconds} seconds and try again.`,
  ],
  'request.too-large': [
    413,
    (of: { limit: string }) => `The request is larger than ${of.limit}. Send less at once.`,
  ],
  'account.sign-in': [401, () => 'Sign in first.'],
  'account.refused': [
    401,
    () => 'Name or password is wrong. Check both; after several tries you have to wait.',
  ],
  'account.link': [
    403,
    () => 'This link was already used or is not valid. Restart Constat to get a new one.',
  ],
  'account.reset-link': [
    403,
    () => 'This link was already used, or is older than a day. Ask whoever runs Constat for a new one.',
  ],
  'account.weak-password': [
    422,
    () =>
      'This password would be among the first that somebody tries. Choose other words; a sentence is easy to remember.',
  ],
  'account.code': [
    401,
    () => 'This code is wrong, was used already, or is too old. Take the newest one; each works once.',
  ],
  'account.ticket': [401, () => 'This took too long. Begin again.'],
  'account.passkey': [
    401,
    () => 'This passkey was not accepted here. Use another one, or sign in with your password.',
  ],
  'account.passkeys-full': [
    409,
    (of: { limit: number }) =>
      `An account has at most ${of.limit} passkeys. Remove one that you no longer use.`,
  ],
  'account.confirm': [403, () => 'Confirm that it is you: with a passkey or your password. Then go on.'],
  'account.second-factor': [
    403,
    () => 'This house asks everybody for a second factor. Add a passkey or an app with codes, then go on.',
  ],
  'account.no-second-factor': [409, () => 'There is no app with codes yet. Add it first.'],
  'account.last-way': [
    409,
    () => 'Without a password you need two passkeys, in case one is lost. Add one, or set a password first.',
  ],
  'account.unknown': [
    422,
    (of: { name: string }) => `There is no account “${of.name}”. Give the name it signs in with.`,
  ],
  'account.name-taken': [409, (of: { name: string }) => `“${of.name}” is taken. Choose another name.`],
  'account.email-taken': [409, () => 'Another account has this address. Give another one.'],
  'account.exists': [409, () => 'The owner account exists already. Sign in with it.'],
  'people.last-owner': [409, () => 'A dossier needs an owner. Make somebody else its owner first.'],
  'people.last-house-owner': [
    409,
    () => 'Somebody has to run this house. Make another person owner of the house first.',
  ],
  'invitation.unknown': [
    404,
    () => 'This invitation is not known here. Check that the link is whole, or ask for a new one.',
  ],
  'invitation.used': [410, () => 'This invitation was used already; it works once. Ask for a new one.'],
  'invitation.expired': [410, () => 'This invitation has run out. Ask for a new one.'],
  'invitation.withdrawn': [410, () => 'This invitation was withdrawn. Ask whoever sent it to you.'],
  'invitation.member': [
    409,
    () => 'You belong to this dossier’s team already. Its owner can change your role.',
  ],
  'letter.no-mail': [
    409,
    () => 'No mail server is set up here (CONSTAT_SMTP_URL). Send the letter by hand, and mark it as sent.',
  ],
  'permission.denied': [
    403,
    (of: { permission: string }) =>
      `Your role does not allow this (${of.permission}). Ask the dossier’s owner.`,
  ],
  'not-found': [
    404,
    (of: { what: string }) => `There is no such ${of.what}. It may have been removed; go back to the list.`,
  ],
  'dossier.slug-taken': [
    409,
    (of: { slug: string }) => `A dossier already has the address “${of.slug}”. Choose another.`,
  ],
  'dossier.nothing-to-publish': [
    409,
    () => 'There is no accepted public record yet. Accept at least one record, then publish.',
  ],
  'dossier.nothing-new': [
    409,
    (of: { number: number }) =>
      `Nothing has changed since publication ${of.number}. Accept or correct a record first, then publish.`,
  ],
  'record.version': [
    409,
    () => 'Somebody changed this record meanwhile. Reload it, look at the change, and try again.',
  ],
  'record.status': [
    409,
    (of: { status: string; verb: string }) =>
      `A record that is ${of.status} cannot be changed by “${of.verb}”.`,
  ],
  'record.no-passage': [422, () => 'A record rests on at least one passage. Select the words it rests on.'],
  'record.numbers': [
    422,
    () =>
      'The numbers do not fit the bound: a range needs low and high in order, every other bound one value.',
  ],
  'record.in-use': [
    409,
    (of: { what: string }) => `This ${of.what} is still used by records. Change those first.`,
  ],
  'rates.columns': [
    422,
    () =>
      'No exchange rates were found. The first line names the columns: date and a column for each currency (USD, GBP …), or date, currency and rate; each rate is for one euro.',
  ],
  'rates.row': [
    422,
    (of: { row: number; why: string }) =>
      `Row ${of.row}: ${of.why}. Nothing was added; mend it and try again.`,
  ],
  'passage.range': [
    422,
    (of: { length: number }) =>
      `The passage lies outside the text, which has ${of.length} characters. Select it again.`,
  ],
  'seal.not-named': [
    403,
    () => 'This is sealed, and you are not among those who may open it. Ask the dossier’s owner to name you.',
  ],
  'seal.erased': [410, () => 'This was erased for good. Its key is destroyed and nobody can open it.'],
  'seal.no-key': [
    409,
    () =>
      'The key that opens this is not here. Give the house’s seal key (keys/seal.key, or CONSTAT_SEAL_KEY) that it was sealed with.',
  ],
  'seal.published': [
    409,
    () =>
      'The public sees this, and what was published cannot be sealed. Withdraw it, publish the dossier again, then seal it.',
  ],
  'seal.source': [
    409,
    () =>
      'This rests on a sealed source, and what rests on it is sealed too. Lift the seal of the source first.',
  ],
  'seal.field': [
    422,
    (of: { field: string }) =>
      `“${of.field}” cannot be sealed by itself. Seal the whole record, or choose a field that names somebody.`,
  ],
  'seal.opening-over': [
    403,
    () => 'This opening is over; it lasts fifteen minutes and is for whoever asked. Open it again.',
  ],
  'seal.key-changed': [
    409,
    () => 'The house’s seal key was changed while this was running. Start Constat again, then repeat this.',
  ],
  'source.sealed': [409, () => 'This source is sealed. Open it, or lift its seal, to work with its text.'],
  'seal.key-unreadable': [409, (of: { why: string }) => `The seal key cannot be used: ${of.why}`],
  'seal.damaged': [
    409,
    () =>
      'What is sealed here is damaged and cannot be opened. Restore it from a backup; run “constat doctor”.',
  ],
  'witness.pseudonym-taken': [
    409,
    () => 'Another witness of this dossier has this pseudonym already. Choose another.',
  ],
  'witness.in-use': [
    409,
    () => 'Sources name this witness as who told them. Change those first, or erase the witness.',
  ],
  'subject.erased': [
    410,
    (of: { date: string; reason: string }) => `This was erased for good on ${of.date}: ${of.reason}`,
  ],
  'publication.erased': [
    410,
    (of: { date: string }) => `This was published and has been erased for good, on ${of.date}.`,
  ],
  'erase.not-typed': [
    422,
    () =>
      'What was typed is not the name shown. Type it exactly as it stands, so that nothing else is erased.',
  ],
  'erase.published': [
    409,
    () => 'The public sees this now. Withdraw it in the same step, or publish its withdrawal first.',
  ],
  'undo.nothing': [409, () => 'There is nothing left to undo.'],
  'undo.published': [
    409,
    () => 'The public sees this record. Withdraw it instead; its earlier publications keep it.',
  ],
  'undo.changed': [
    409,
    () => 'This was changed again since, by somebody else. Look at its history before you undo.',
  ],
  'source.duplicate': [
    409,
    (of: { title: string }) => `This file is already in the dossier, as “${of.title}”.`,
  ],
  'source.empty': [422, () => 'The file is empty. Choose the file again, or paste its text.'],
  'source.too-large': [
    413,
    (of: { limit: string }) =>
      `The file is larger than ${of.limit}, the limit set here (CONSTAT_MAX_UPLOAD_MB). Split it, or raise the limit.`,
  ],
  'source.cut-short': [
    400,
    () => 'The upload broke off before the file was complete. Nothing was kept; send it again.',
  ],
  'source.damaged': [
    409,
    () =>
      'This file is not the one that was stored: it was damaged or changed on the disk, so it is not shown. Run “constat doctor”, and copy it back from a backup.',
  ],
  'source.unreadable': [
    422,
    (of: { why: string }) => `No text could be read: ${of.why} The original is kept.`,
  ],
  'source.no-picture': [
    409,
    () =>
      'Text is read off by hand where there is a picture, and this source has none. Paste its text as another source.',
  ],
  'source.no-text': [409, () => 'This source has no text, so nothing can be selected in it.'],
  'address.off': [
    409,
    () =>
      'Whoever runs Constat has switched off fetching from addresses (CONSTAT_FETCH). Save the page and add it as a file.',
  ],
  'address.refused': [
    422,
    (of: { host: string }) =>
      `There is no public host ${of.host}, so nothing was fetched. Check the address; add pages of an internal network as files.`,
  ],
  'address.port': [
    422,
    (of: { port: number }) =>
      `Only the ports 80 and 443 are fetched from, not ${of.port}. Save the page and add it as a file.`,
  ],
  'address.credentials': [
    422,
    () =>
      'The address holds a name or a password. Take it out, or save the page and add it as a file: what needs a sign-in is not fetched.',
  ],
  'address.silent': [
    422,
    (of: { host: string }) =>
      `${of.host} did not answer, or broke off. Nothing was kept; try again later, or save the page and add it as a file.`,
  ],
  'address.certificate': [
    422,
    (of: { host: string }) =>
      `${of.host} could not prove that it is ${of.host}: its certificate is not valid. Nothing was fetched; somebody may stand between.`,
  ],
  'address.slow': [
    422,
    (of: { host: string; seconds: number }) =>
      `${of.host} took too long, and was broken off after at most ${of.seconds} seconds. Nothing was kept; save the page and add it as a file.`,
  ],
  'address.status': [
    422,
    (of: { host: string; status: number }) =>
      `${of.host} answered with HTTP ${of.status} and no page. Check the address; if your browser shows the page, save it and add it as a file.`,
  ],
  'address.redirects': [
    422,
    (of: { limit: number }) =>
      `The address leads on more than ${of.limit} times. Open it in a browser and take the address it ends at.`,
  ],
  'address.unreadable': [
    422,
    (of: { host: string }) =>
      `What ${of.host} answered is not valid HTTP. Nothing was kept; save the page and add it as a file.`,
  ],
  'address.busy': [
    429,
    () => 'Several addresses are being fetched already. Wait until they are done, then try again.',
  ],
  'read.unsupported': [
    422,
    (of: { mediaType: string }) =>
      `Files of the type ${of.mediaType} cannot be read yet. The original is kept; paste its text as another source if you have it.`,
  ],
  'read.encoding': [
    422,
    (of: { offset: number }) =>
      `The text is not valid UTF-8 (byte ${of.offset}). Save it as UTF-8 and add it again.`,
  ],
  'read.no-text': [422, () => 'There is no text in it; it may be a scan. The original is kept.'],
  'read.damaged': [
    422,
    (of: { format: string }) =>
      `This ${of.format} file is damaged or not what its name says. The original is kept; get it again from where it came.`,
  ],
  'read.encrypted': [
    422,
    () => 'The file is protected by a password. Remove the protection and add it again.',
  ],
  'read.expands': [
    422,
    (of: { limit: string }) =>
      `Unpacked, it is larger than ${of.limit}, so it was not opened. The original is kept.`,
  ],
  'read.too-long': [
    422,
    (of: { limit: string }) =>
      `Its text is longer than ${of.limit}, the limit set here (CONSTAT_MAX_TEXT_MB). The original is kept; split it, or raise the limit.`,
  ],
  'read.time': [
    422,
    (of: { seconds: number }) =>
      `Reading took longer than ${of.seconds} seconds and was stopped. The original is kept.`,
  ],
  'read.memory': [
    422,
    (of: { megabytes: number }) =>
      `Reading needed more than ${of.megabytes} MB of memory and was stopped. The original is kept.`,
  ],
  'read.crashed': [
    422,
    () => 'The reader stopped on this file. The original is kept; tell us the kind of file.',
  ],
  'series.not-a-table': [
    409,
    () => 'This source is not a table. Figures are imported from CSV, TSV and XLSX files.',
  ],
  'series.no-rows': [
    422,
    () => 'No row stands below the header. Choose the row of the header, or another sheet.',
  ],
  'series.too-many': [
    422,
    (of: { limit: number }) =>
      `The table makes more than ${of.limit} figures, the most of one import. Split the file and import its parts.`,
  ],
  'series.too-wide': [
    422,
    (of: { columns: number; limit: number }) =>
      `The table has ${of.columns} columns, more than ${of.limit}. Take out those that are not needed.`,
  ],
  'series.mapping': [
    422,
    () => 'What the columns are does not fit this table any more. Load the page again and look at them.',
  ],
  'series.no-number': [422, () => 'No column holds the numbers. Say which one does.'],
  'series.no-measure': [
    422,
    () => 'Some numbers have no measure yet. Say for each column of numbers what it counts.',
  ],
  'series.faults': [
    409,
    (of: { rows: number }) =>
      `${of.rows} rows have problems, so nothing was imported. Mend them in the file, or choose to leave these rows out.`,
  ],
  'series.nothing-new': [
    409,
    () => 'Every figure of this table is in the dossier already. Nothing was imported.',
  ],
  'series.read-again': [
    409,
    () =>
      'The source was read anew meanwhile. Load the page again, look at the figures, and import them then.',
  ],
  'file.missing': [422, (of: { path: string }) => `There is no file ${of.path}. Check the path.`],
  'bundle.not-a-bundle': [
    422,
    (of: { why: string }) =>
      `This is not a complete Constat bundle: ${of.why} Get it again from where it was published.`,
  ],
  'bundle.damaged': [
    409,
    (of: { title: string }) =>
      `A file of the source “${of.title}” is missing or damaged here, so no bundle can vouch for it. Run “constat doctor”, and restore it from a backup.`,
  ],
  'bundle.erased': [
    409,
    () => 'A published record was erased since. Publish the dossier again, then export it.',
  ],
  'setting.invalid': [409, (of: { setting: string; why: string }) => `${of.setting}: ${of.why}`],
  'model.setting': [409, (of: { setting: string; why: string }) => `${of.setting}: ${of.why}`],
  'model.silent': [
    502,
    (of: { host: string }) =>
      `The language model at ${of.host} did not answer. The rules’ suggestions are complete; see that it runs, then try again.`,
  ],
  'model.slow': [
    504,
    (of: { host: string; seconds: number }) =>
      `The language model at ${of.host} did not answer in ${of.seconds} seconds. The rules’ suggestions are complete; try again, or raise CONSTAT_LLM_SECONDS.`,
  ],
  'model.busy': [
    503,
    (of: { host: string }) =>
      `The language model at ${of.host} is too busy. The rules’ suggestions are complete; try again later.`,
  ],
  'model.refused': [
    502,
    (of: { host: string; status: number }) =>
      `The language model at ${of.host} refused the question (HTTP ${of.status}). The rules’ suggestions are complete; check CONSTAT_LLM_URL, CONSTAT_LLM_MODEL and CONSTAT_LLM_KEY, then try again.`,
  ],
  'model.unclear': [
    502,
    (of: { host: string }) =>
      `The language model at ${of.host} answered something that cannot be read. The rules’ suggestions are complete; try again, or choose another model.`,
  ],
  'model.broken-off': [
    503,
    () =>
      'Asking the language model was broken off several times. The rules’ suggestions are complete; try again.',
  ],
  'model.off': [
    409,
    () =>
      'No language model is asked about this dossier. Switch it on in the dossier’s settings; whoever runs Constat sets which one (CONSTAT_LLM_URL).',
  ],
  'model.withheld': [
    409,
    () =>
      'The text of this source is not sent to the language model, because of its sensitivity. Change that first, if it may leave.',
  ],
  'store.locked': [
    409,
    (of: { path: string; pid: number }) =>
      `Another Constat (process ${of.pid}) is using ${of.path}. Stop it first; two at once would lose data.`,
  ],
  'store.full': [
    507,
    () =>
      'The disk is full. Constat has stopped and lost nothing that was saved; free space and start it again.',
  ],
  'store.disk': [
    507,
    () =>
      'The disk failed. Constat has stopped and lost nothing that was saved; look at the disk, then start it again and run “constat doctor”.',
  ],
  'store.read-only': [
    507,
    () =>
      'The data may only be read: nothing can be saved. Let Constat write to its data directory, then start it again.',
  ],
  'store.busy': [
    503,
    () =>
      'Too many files or connections are open on this machine. Nothing was saved; try again in a moment, and raise the limit if it stays so.',
  ],
  'store.unreachable': [
    503,
    () =>
      'The connection to the database broke. The last change may be saved or not, but not in part; look before you make it again.',
  ],
  'store.newer': [
    409,
    (of: { version: string }) =>
      `The data was written by a newer Constat (schema ${of.version}). Update Constat, then start it again.`,
  ],
  'store.postgres': [
    409,
    (of: { why: string }) => `PostgreSQL cannot be used: ${of.why} Check DATABASE_URL.`,
  ],
  'store.not-empty': [
    409,
    (of: { path: string }) => `${of.path} already holds data. Choose an empty folder.`,
  ],
  'backup.damaged': [
    422,
    (of: { why: string }) => `The backup cannot be restored: ${of.why} Nothing was changed.`,
  ],
  'backup.unprotected': [
    422,
    () =>
      'A backup holds everything, so it is encrypted. Make a key with “constat keys backup” and give its public half (--recipient age1…, or CONSTAT_BACKUP_RECIPIENT), or a passphrase (--passphrase-file). Nothing was written.',
  ],
  'backup.recipient': [
    422,
    (of: { recipient: string }) =>
      `No backup can be encrypted to ${of.recipient}. Give the public half of a key, which begins with age1; “constat keys backup” makes one.`,
  ],
  'backup.encrypted': [
    422,
    () =>
      'This backup is encrypted. Give the key (--identity-file) or the passphrase (--passphrase-file) it was made for. Nothing was changed.',
  ],
  'backup.key': [
    422,
    () =>
      'None of the keys given opens this backup. Look for the one whose public half it was made for. Nothing was changed.',
  ],
  'log.inconsistent': [
    409,
    (of: { why: string }) =>
      `The log does not continue what was published: ${of.why} Nothing is signed; run “constat doctor”.`,
  ],
  'log.not-yet': [409, () => 'The log has not taken this in yet. Try again in a second.'],
  internal: [
    500,
    (of: { reference: string }) =>
      `Something went wrong here (reference ${of.reference}). Nothing half-done was kept; try again.`,
  ],
} as const satisfies Record<string, readonly [number, (of: never) => string]>;

/** A stable error code. */
export type ProblemCode = keyof typeof CATALOGUE;
type Details<Code extends ProblemCode> = Parameters<(typeof CATALOGUE)[Code][1]>[0];

/** Every code with its status; the documentation test and the translation test walk it. */
export const PROBLEM_CODES = Object.keys(CATALOGUE) as ProblemCode[];

/** Every problem with its status and its sentence, the details shown by their names. */
export function describeProblems(): { code: ProblemCode; status: number; sentence: string }[] {
  const names = new Proxy({}, { get: (_, name) => `‹${String(name)}›` });
  return PROBLEM_CODES.map((code) => {
    const [status, sentence] = CATALOGUE[code] as unknown as readonly [number, (of: unknown) => string];
    return { code, status, sentence: sentence(names) };
  });
}

/** An error for a person: code, sentence, and for the log the cause. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly details: Record<string, unknown>;
  constructor(
    code: ProblemCode,
    status: number,
    sentence: string,
    details: Record<string, unknown>,
    cause?: unknown,
  ) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/**
 * Makes a problem from the catalogue.
 * @example throw problem('not-found', { what: 'dossier' })
 */
export function problem<Code extends ProblemCode>(
  code: Code,
  ...rest: Details<Code> extends undefined
    ? [details?: undefined, cause?: unknown]
    : [details: Details<Code>, cause?: unknown]
): Problem {
  const [status, sentence] = CATALOGUE[code] as unknown as readonly [number, (of: unknown) => string];
  const [details, cause] = rest;
  return new Problem(code, status, sentence(details), (details ?? {}) as Record<string, unknown>, cause);
}
