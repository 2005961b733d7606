// The names a dossier knows, proposed while somebody writes a record.
import { useMemo } from 'react';
import type { KnownNames } from '../../ui/record-form-controls.tsx';
import type { AnyRecord } from '../../ui/record-words.ts';
import { useCall } from '../api.ts';

/** Actors, places and measures of the dossier, and the names on the records given. */
export function useKnownNames(slug: string, records: readonly AnyRecord[], enabled: boolean): KnownNames {
  const input = { params: { dossier: slug } };
  const actors = useCall('GET /dossiers/:dossier/actors', input, { enabled }).data?.items;
  const places = useCall('GET /dossiers/:dossier/places', input, { enabled }).data?.items;
  const measures = useCall('GET /dossiers/:dossier/measures', input, { enabled }).data?.items;
  return useMemo(() => {
    const parties = new Set<string>();
    const placeNames = new Set<string>();
    for (const record of enabled ? records : []) {
      const named =
        record.kind === 'statement'
          ? [record.speaker, record.reporter, record.addressee]
          : record.kind === 'figure'
            ? [record.accordingTo, record.reportedBy]
            : record.acts.flatMap((act) => act.perpetrators.map(({ party }) => party));
      for (const party of named) if (party) parties.add(party.name);
      if (record.kind !== 'statement' && record.place) placeNames.add(record.place.name);
    }
    return {
      actors: actors ?? [],
      places: places ?? [],
      measures: measures ?? [],
      parties: [...parties],
      placeNames: [...placeNames],
    };
  }, [actors, places, measures, records, enabled]);
}
