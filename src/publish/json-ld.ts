// What a record is, for machines: a schema.org Claim. It says who claims what and where it appeared, never how true it is.
import type { Party } from '../record/common.ts';
import type { PublicRecord, PublicSource } from '../record/public-view.ts';
import type { Publication } from '../record/report.ts';

/** Who is meant. Somebody who holds a role is a person; of others the record does not say what they are. */
function agent(party: Party): object {
  return party.role ? { '@type': 'Person', name: party.name, jobTitle: party.role } : { name: party.name };
}

/** Day, month or year of an EDTF date, as schema.org takes it; undefined for anything else. */
function plainDate(edtf: string | null): string | undefined {
  return edtf !== null && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(edtf) ? edtf : undefined;
}

function claimant(view: PublicRecord): Party[] {
  switch (view.kind) {
    case 'statement':
      return view.speaker ? [view.speaker] : [];
    case 'figure':
      return view.accordingTo ? [view.accordingTo] : view.reportedBy ? [view.reportedBy] : [];
    case 'incident':
      return [];
  }
}

/** The record as a schema.org Claim (https://schema.org/Claim), with the sources as its appearances. */
export function claim(
  view: PublicRecord,
  of: {
    /** The claim in a sentence. */
    text: string;
    address: string;
    dossierAddress: string;
    publication: Publication;
    sources: ReadonlyMap<string, PublicSource>;
  },
): object {
  const { publication } = of;
  const publisher = publication.publishedBy
    ? { '@type': 'Organization', name: publication.publishedBy }
    : undefined;
  const appearance = view.passages.map((passage) => {
    const source = of.sources.get(passage.source);
    return {
      '@type': 'Quotation',
      text: passage.exact,
      isPartOf: source && {
        '@type': 'CreativeWork',
        name: source.title,
        url: source.address ?? undefined,
        author: source.author ? { name: source.author } : undefined,
        publisher: source.publisher ? { '@type': 'Organization', name: source.publisher } : undefined,
        datePublished: plainDate(source.published),
        inLanguage: source.language ?? undefined,
        sha256: source.original,
      },
    };
  });
  const authors = claimant(view).map(agent);
  return {
    '@context': 'https://schema.org',
    '@type': 'Claim',
    '@id': of.address,
    url: of.address,
    identifier: view.id,
    name: of.text,
    text: view.kind === 'statement' ? view.content : of.text,
    inLanguage: view.language ?? undefined,
    author: authors.length === 1 ? authors[0] : authors.length > 1 ? authors : undefined,
    about:
      view.kind === 'incident'
        ? {
            '@type': 'Event',
            name: view.title,
            startDate: plainDate(view.occurredOn),
            location: view.place ? { '@type': 'Place', name: view.place.name } : undefined,
          }
        : undefined,
    dateCreated: view.kind === 'statement' ? plainDate(view.saidOn) : undefined,
    appearance,
    datePublished: publication.at,
    dateModified: view.changedAt,
    isPartOf: { '@type': 'Collection', name: publication.title, url: of.dossierAddress, publisher },
    sdPublisher: publisher,
  };
}
