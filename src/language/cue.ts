// Speech verbs of English and French as data, and how their forms are made. To add a cue verb, add it to a list here.
import type { SpeechAct } from '../record/vocabulary.ts';
import type { Language } from './propose.ts';

/** One form of a speech verb. */
export interface CueForm {
  lemma: string;
  act: SpeechAct;
  /** finite: "said", « déclare »; participle: « déclaré » (needs « a » before it); gerund: "saying", « déclarant ». */
  form: 'finite' | 'participle' | 'gerund' | 'infinitive';
  /** May govern a clause: "said that…", « a déclaré que… ». */
  clause: boolean;
  /** May govern a clause without "that": "said it was…". */
  bare: boolean;
  /** May govern an infinitive: "promised to…", « a promis de… ». */
  infinitive: boolean;
  /** Names its hearer as object: "told reporters that…". */
  hearer: boolean;
  /** May govern a noun phrase that is itself what was said: "denied any deployment". */
  object: boolean;
  /** Some forms are as often something else ("claims", « note »): they need a "that", a colon or a quotation. */
  weak: boolean;
}

/*
 * One verb per word: lemma, then a slash and letters: c clause · b bare clause · i infinitive · h hearer · o object ·
 * w weak (often not a speech verb). English irregular forms stand after a colon: past,participle.
 */
const ENGLISH: Partial<Record<SpeechAct, string>> = {
  says: `say/cb:said tell/cbhi:told add/cb:added state/cbw:stated declare/cb note/cw remark/c comment/w observe/cw mention/cw
    announce/cb report/cbw write/cw:wrote,written repeat/cw reiterate/cb stress/cb emphasise/cb emphasize/cb underline/cw point/w
    suggest/cb argue/cb maintain/cbw insist/cb assert/cb affirm/cb claim/cbw allege/cb contend/cb estimate/cbw
    predict/cb quip/b joke/cb conclude/cw recall/cw continue/w reply/cb:replied respond/cw retort/cb tweet/cb reveal/cbw
    disclose/c acknowledge/cb admit/cb:admitted concede/cb testify/cb:testified complain/cb boast/cb lament/c hint/c signal/cw
    warn/cbhi caution/ch propose/cwi recommend/cwi call/w describe/w shout/cb cry/wb:cried whisper/cb remind/ch inform/ch
    assure/cbh brief/w indicate/cb caution/c explain/cb protest/cbw find/cw:found show/cw`,
  asks: 'ask/whi demand/cwi question/w urge/hi request/cwi plead/cwi beg/whi implore/hi wonder/w enquire/w inquire/w',
  denies: 'deny/cboi:denied dispute/co contest/wo',
  rejects: 'reject/co dismiss/o rebuff/o refuse/i:refused decline/i:declined',
  clarifies: 'clarify/cb:clarified specify/c:specified',
  corrects: 'rectify/wo:rectified',
  retracts: 'retract/o',
  confirms: 'confirm/cbo agree/ciw reaffirm/cb',
  promises:
    'promise/cbih vow/cbi pledge/ciw guarantee/cw undertake/wi:undertook,undertaken threaten/ciw commit/w:committed',
  accuses: 'accuse/h blame/w denounce/wo condemn/wo criticise/wo criticize/wo',
  explains: 'explain/cb',
  orders: 'order/hiw instruct/hi',
};

/*
 * French: -er verbs by infinitive alone; others with their forms after a colon:
 * participle,present singular,present plural,past historic,imperfect stem,gerund.
 */
const FRENCH: Partial<Record<SpeechAct, string>> = {
  says: `dire/ci:dit,dit,disent,dit,dis,disant déclarer/ci affirmer/ci assurer/ci ajouter/c indiquer/c souligner/c
    rappeler/c:rappelé,rappelle,rappellent,rappela,rappel,rappelant annoncer/c signaler/cw noter/cw remarquer/cw observer/cw
    estimer/ci juger/cw considérer/ciw soutenir/ci:soutenu,soutient,soutiennent,soutint,souten,soutenant
    prétendre/ci:prétendu,prétend,prétendent,prétendit,prétend,prétendant arguer/c insister/cw marteler/c:martelé,martèle,martèlent,martela,martel,martelant
    répéter/cw:répété,répète,répètent,répéta,répét,répétant répondre/c:répondu,répond,répondent,répondit,répond,répondant
    rétorquer/c répliquer/c lancer/w confier/c raconter/c témoigner/cw écrire/cw:écrit,écrit,écrivent,écrivit,écriv,écrivant
    reconnaître/ci:reconnu,reconnaît,reconnaissent,reconnut,reconnaiss,reconnaissant admettre/c:admis,admet,admettent,admit,admett,admettant
    avouer/ci concéder/c:concédé,concède,concèdent,concéda,concéd,concédant regretter/ciw déplorer/c plaider/w
    avertir/c:averti,avertit,avertissent,avertit,avertiss,avertissant prévenir/ch:prévenu,prévient,préviennent,prévint,préven,prévenant
    alerter/w évoquer/w révéler/c:révélé,révèle,révèlent,révéla,révél,révélant proposer/iw résumer/w poursuivre/w:poursuivi,poursuit,poursuivent,poursuivit,poursuiv,poursuivant
    conclure/cw:conclu,conclut,concluent,conclut,conclu,concluant suggérer/c:suggéré,suggère,suggèrent,suggéra,suggér,suggérant
    certifier/c marmonner/w tweeter/w détailler/w commenter/w relever/cw:relevé,relève,relèvent,releva,relev,relevant
    constater/c s'indigner/w indigner/w féliciter/w réagir/w:réagi,réagit,réagissent,réagit,réagiss,réagissant`,
  asks: 'demander/ciw réclamer/cow exiger/ciw interroger/w exhorter/w appeler/w:appelé,appelle,appellent,appela,appel,appelant',
  denies:
    'démentir/cio:démenti,dément,démentent,démentit,dément,démentant nier/cio contester/cio réfuter/cio',
  rejects:
    'rejeter/o:rejeté,rejette,rejettent,rejeta,rejet,rejetant refuser/iw récuser/o balayer/o:balayé,balaie,balaient,balaya,balay,balayant',
  clarifies: 'préciser/c clarifier/c nuancer/c',
  corrects: 'rectifier/c corriger/w',
  retracts: 'rétracter/w',
  confirms: 'confirmer/co réaffirmer/ci',
  promises:
    'promettre/ci:promis,promet,promettent,promit,promett,promettant garantir/c:garanti,garantit,garantissent,garantit,garantiss,garantissant menacer/iw jurer/ciw',
  accuses: 'accuser/w dénoncer/ow fustiger/o condamner/ow critiquer/ow',
  explains: 'expliquer/c justifier/w',
  orders: 'ordonner/ciw',
};

function parse(entry: string): { lemma: string; flags: string; forms: string[] } {
  const [head, forms] = entry.split(':');
  const [lemma, flags] = head!.split('/');
  return { lemma: lemma!, flags: flags ?? '', forms: forms ? forms.split(',') : [] };
}

function build(
  table: Partial<Record<SpeechAct, string>>,
  forms: (entry: ReturnType<typeof parse>) => [string, CueForm['form']][],
) {
  const cues = new Map<string, CueForm>();
  for (const act of Object.keys(table) as SpeechAct[]) {
    for (const word of (table[act] ?? '').split(/\s+/).filter(Boolean)) {
      const entry = parse(word);
      for (const [surface, form] of forms(entry)) {
        // A participle that is also a finite form (« dit ») stays finite: the finder looks for its auxiliary anyway.
        if (cues.has(surface) && form !== 'finite') continue;
        cues.set(surface, {
          lemma: entry.lemma,
          act,
          form,
          clause: entry.flags.includes('c'),
          bare: entry.flags.includes('b'),
          infinitive: entry.flags.includes('i'),
          hearer: entry.flags.includes('h'),
          object: entry.flags.includes('o'),
          weak: entry.flags.includes('w'),
        });
      }
    }
  }
  return cues;
}

function englishForms({ lemma, forms }: ReturnType<typeof parse>): [string, CueForm['form']][] {
  const stem = lemma.replace(/e$/, '');
  const consonantY = /[^aeiou]y$/.test(lemma);
  const third = consonantY
    ? `${lemma.slice(0, -1)}ies`
    : /(?:s|sh|ch|x)$/.test(lemma)
      ? `${lemma}es`
      : `${lemma}s`;
  const past = forms[0] ?? (consonantY ? `${lemma.slice(0, -1)}ied` : `${stem}ed`);
  const doubled = /^(?:admit|commit)$/.test(lemma) ? `${lemma}t` : stem;
  return [
    [lemma, 'finite'],
    [third, 'finite'],
    [past, 'finite'],
    ...(forms[1] ? ([[forms[1], 'participle']] as [string, CueForm['form']][]) : []),
    [`${doubled}ing`, 'gerund'],
  ];
}

function frenchForms({ lemma, forms }: ReturnType<typeof parse>): [string, CueForm['form']][] {
  const stem = lemma.slice(0, -2);
  // Before a, o: -ger keeps its e, -cer takes a cedilla.
  const soft = lemma.endsWith('ger') ? `${stem}e` : lemma.endsWith('cer') ? `${stem.slice(0, -1)}ç` : stem;
  const closed = stem.replace(/é([^aeiouéè]+)$/, 'è$1');
  const [participle, singular, plural, past, imperfect, gerund] =
    forms.length === 6
      ? (forms as [string, string, string, string, string, string])
      : [`${stem}é`, `${closed}e`, `${closed}ent`, `${soft}a`, soft, `${soft}ant`];
  const pastPlural = past.endsWith('a') ? `${stem}èrent` : `${past.slice(0, -1)}rent`;
  return [
    [singular, 'finite'],
    [plural, 'finite'],
    [past, 'finite'],
    [pastPlural, 'finite'],
    [`${imperfect}ait`, 'finite'],
    [`${imperfect.replace(/ç$/, 'ç')}aient`, 'finite'],
    [participle, 'participle'],
    [`${participle}e`, 'participle'],
    [`${participle}s`.replace(/ss$/, 's'), 'participle'],
    [`${participle}es`, 'participle'],
    [gerund, 'gerund'],
    [lemma, 'infinitive'],
  ];
}

const CUES: Record<Language, Map<string, CueForm>> = {
  en: build(ENGLISH, englishForms),
  fr: build(FRENCH, frenchForms),
};

/** The speech verb a lower-case word is a form of; inverted French forms (« dit-il ») are found by their verb. */
export function cueOf(word: string, language: Language): CueForm | undefined {
  return CUES[language].get(word);
}

/** A French verb with its subject pronoun after it: « explique-t-elle », « dit-il », « a-t-on ». */
export function invertedFrench(word: string): { verb: string; pronoun: string } | null {
  const match = /^([\p{L}']{1,30}?)(?:-t)?-(il|elle|ils|elles|on|je|nous)$/u.exec(word);
  return match ? { verb: match[1]!, pronoun: match[2]! } : null;
}
