// The forms of the speech verbs, and what each does.
import { describe, expect, it } from 'vitest';
import { cueOf, invertedFrench } from './cue.ts';

describe('cueOf', () => {
  it.each<[string, string, string]>([
    ['said', 'say', 'finite'],
    ['denies', 'deny', 'finite'],
    ['denied', 'deny', 'finite'],
    ['saying', 'say', 'gerund'],
    ['admitted', 'admit', 'finite'],
    ['written', 'write', 'participle'],
    ['vowed', 'vow', 'finite'],
  ])('%s', (word, lemma, form) => expect(cueOf(word, 'en')).toMatchObject({ lemma, form }));

  it.each<[string, string, string]>([
    ['déclare', 'déclarer', 'finite'],
    ['déclarèrent', 'déclarer', 'finite'],
    ['déclaré', 'déclarer', 'participle'],
    ['répète', 'répéter', 'finite'],
    ['dit', 'dire', 'finite'],
    ['disait', 'dire', 'finite'],
    ['annonçait', 'annoncer', 'finite'],
    ['exigeaient', 'exiger', 'finite'],
    ['soutient', 'soutenir', 'finite'],
    ['promis', 'promettre', 'participle'],
    ['affirmant', 'affirmer', 'gerund'],
  ])('%s', (word, lemma, form) => expect(cueOf(word, 'fr')).toMatchObject({ lemma, form }));

  it('knows what a verb does', () => {
    expect(cueOf('rejected', 'en')!.act).toBe('rejects');
    expect(cueOf('dément', 'fr')!.act).toBe('denies');
    expect(cueOf('précise', 'fr')!.act).toBe('clarifies');
    expect(cueOf('thought', 'en')).toBeUndefined();
  });

  it('takes inverted French verbs apart', () => {
    expect(invertedFrench('explique-t-elle')).toEqual({ verb: 'explique', pronoun: 'elle' });
    expect(invertedFrench('a-t-on')).toEqual({ verb: 'a', pronoun: 'on' });
    expect(invertedFrench('peut-être')).toBeNull();
  });
});
