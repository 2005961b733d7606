// The manifest of a bundle, datapackage.json: a Frictionless Data Package that lists every file with its hash.
import { canonicalJson } from '../../log/entry.ts';
import { malformed } from '../../log/error.ts';
import type { FormulaRule } from '../../record/csv.ts';
import { mediaTypeOf, type ViewCounts } from './layout.ts';
import { tableSchema } from './table.ts';

/** A listed file: bytes, SHA-256 in hexadecimal, and of a table its columns. */
export interface ListedFile {
  path: string;
  bytes: number;
  sha256: string;
  columns?: readonly string[];
}

/** What a bundle says of itself. */
export interface BundleAbout {
  format: 'constat-bundle@v1';
  dossier: { id: string; slug: string; title: string; publishedBy: string | null; language: string };
  publication: { number: number; at: string };
  log: { origin: string; vkey: string };
  counts: ViewCounts;
  /** By which rule its tables keep formulas from running; the first bundles do not say, and mean 1. */
  formulas?: FormulaRule;
  /** When the bundle was made. */
  created: string;
}

/** The hashes and the description of a bundle. */
export interface Manifest {
  about: BundleAbout;
  files: ListedFile[];
}

/** A listed file as a Data Resource, whose name must not hold a slash. */
function resource({ path, bytes, sha256, columns }: ListedFile): object {
  const mediatype = mediaTypeOf(path);
  return {
    name: path.toLowerCase().replaceAll('/', '-'),
    path,
    mediatype,
    bytes,
    hash: `sha256:${sha256}`,
    ...(mediatype.startsWith('text/') && { encoding: 'utf-8' }),
    ...(columns && { profile: 'tabular-data-resource', schema: tableSchema(columns) }),
  };
}

/** Writes the manifest: every member, and every file, on a line of its own, in canonical JSON. */
export function encodeManifest({ about, files }: Manifest): string {
  const { dossier, publication } = about;
  const members = {
    profile: 'data-package',
    name: `constat-${dossier.slug}-${publication.number}`,
    title: dossier.title,
    created: about.created,
    ...(dossier.publishedBy !== null && {
      contributors: [{ title: dossier.publishedBy, role: 'publisher' }],
    }),
    constat: about,
  };
  const lines = Object.entries(members).map(([name, value]) => `"${name}":${canonicalJson(value)},\n`);
  const resources = files.map((file) => canonicalJson(resource(file)));
  return `{\n${lines.join('')}"resources":[\n${resources.join(',\n')}\n]\n}\n`;
}

/**
 * Reads a manifest; only what `encodeManifest` writes is accepted.
 * @throws LogError `malformed`
 */
export function parseManifest(text: string): Manifest {
  let value: { constat?: unknown; resources?: unknown };
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('manifest', 'it is not JSON');
  }
  if (!isAbout(value?.constat)) throw malformed('manifest', 'it does not describe a Constat bundle');
  if (!Array.isArray(value.resources)) throw malformed('manifest', 'it lists no files');
  const files = value.resources.map((listed: Record<string, unknown> | null): ListedFile => {
    const { path, bytes, hash, schema } = listed ?? {};
    if (typeof path !== 'string' || typeof hash !== 'string' || !Number.isSafeInteger(bytes))
      throw malformed('manifest', 'a file is listed without path, size or hash');
    if (!/^sha256:[0-9a-f]{64}$/.test(hash)) throw malformed('manifest', `the hash of ${path} is none`);
    const columns = columnsOf(schema);
    return {
      path,
      bytes: bytes as number,
      sha256: hash.slice('sha256:'.length),
      ...(columns && { columns }),
    };
  });
  const manifest = { about: value.constat, files };
  if (encodeManifest(manifest) !== text)
    throw malformed('manifest', 'it is not laid out as Constat writes it');
  return manifest;
}

/** The columns in a Table Schema, if it is one. */
function columnsOf(schema: unknown): string[] | undefined {
  const { fields } = (schema ?? {}) as { fields?: unknown };
  if (!Array.isArray(fields)) return undefined;
  return fields.map((field: { name?: unknown } | null) => String(field?.name));
}

function isAbout(value: unknown): value is BundleAbout {
  const about = value as BundleAbout | null | undefined;
  if (
    about?.format !== 'constat-bundle@v1' ||
    !about.dossier ||
    !about.publication ||
    !about.log ||
    !about.counts
  )
    return false;
  const { dossier, publication, log, counts, created } = about;
  const texts = [
    dossier.id,
    dossier.slug,
    dossier.title,
    dossier.language,
    publication.at,
    log.origin,
    log.vkey,
    created,
  ];
  const { statements, figures, incidents, sources, measures = 0, disagreements = 0, ...other } = counts;
  const numbers = [publication.number, statements, figures, incidents, sources, measures, disagreements];
  return (
    texts.every((text) => typeof text === 'string') &&
    numbers.every((number) => Number.isSafeInteger(number)) &&
    Object.keys(other).length === 0 &&
    (about.formulas === undefined || about.formulas === 2) &&
    (dossier.publishedBy === null || typeof dossier.publishedBy === 'string')
  );
}
