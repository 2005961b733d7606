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
  /** May govern a gerund: "denied taking…". */
  gerund: boolean;
  /** Names its hearer as object: "told reporters that…". */
  hearer: boolean;
  /** May govern a noun phrase that is itself what was said: "denied any deployment". */
  object: boolean;
  /** May say something of its object: "called it “a shame”", "described the site as empty". */
  predicate: boolean;
  /** Takes the party spoken against as object, then a preposition: "accused the state of…". */
  against: boolean;
  /** Prepositions that open what was said: "warned of…", "called for…". */
  prepositions: string[];
  /** Some uses are as often something else ("found", « relever »): they need a "that", a colon or a quotation. */
  weak: boolean;
}

/*
 * One verb per word: lemma, a slash and letters: c clause · b bare clause · i infinitive · g gerund · h hearer ·
 * o object · p predicate · a against · w weak; then =prepositions. English irregular forms stand after a colon:
 * past,participle.
 */
const ENGLISH: Partial<Record<SpeechAct, string>> = {
  says: `say/cb:said tell/cbhi:told add/cb:added state/cb declare/cbp note/cb remark/cb comment/c=on observe/cw mention/co
    announce/cbo report/cbog write/cbw:wrote,written repeat/co reiterate/cbo stress/cbo emphasise/cbo emphasize/cbo
    underline/cow underscore/cow highlight/cow point/cw suggest/cbo argue/cb=for,against maintain/cb insist/cb=on
    assert/cbo affirm/cbo claim/cbio allege/cbo contend/cb estimate/cbw predict/cbo forecast/cow quip/b joke/cb
    conclude/cbw recall/cbw continue/w reply/cb:replied answer/cb respond/cbw retort/cb tweet/cbo post/w reveal/cbo disclose/cbo
    acknowledge/cbog admit/cbog:admitted=to concede/cbo testify/cb:testified complain/cb=about,of boast/cb=about,of
    lament/co hint/cb=at signal/cbw warn/cbhi=of,against,about caution/cbh=against recommend/cog advise/cbhi
    advocate/wog=for propose/cog call/p=for,on describe/p dub/p label/p brand/p shout/cb cry/wb:cried yell/cb whisper/cb
    remind/ch inform/ch assure/cbh notify/chw brief/w indicate/cb protest/cb find/cw:found show/cw counter/cb opine/cb
    muse/cb speculate/cb reason/cbw fume/b thunder/w bellow/w sigh/w laugh/w snap/w exclaim/cb reckon/cb proclaim/cbo
    profess/ciw imply/cbo:implied intimate/cw recount/cow elaborate/w outline/ow detail/ow cite/ow quote/w echo/ow
    praise/aw=for applaud/aw=for hail/pw welcome/ow defend/ow tout/ow relate/cw marvel/cw
    submit/cbw:submitted,submitted deem/pw interject/w utter/w voice/ow express/ow joke/cb speak/w=of:spoke,spoken chant/w
    read/w:read caution/cb demonstrate/cw document/cow disagree/cw assess/cw calculate/cw record/cw hold/cw:held rule/cb`,
  asks: `ask/cbhi=for,about demand/cio request/cio plead/cw=for beg/hiw implore/hi enquire/c inquire/c=about
    question/cow query/cw quiz/w press/w urge/chiow appeal/w=for encourage/hiw invite/hiw petition/w seek/ow:sought`,
  denies: 'deny/cbogi:denied',
  rejects:
    'dispute/co contest/co refute/co rebut/ow:rebutted reject/cog dismiss/op rebuff/o refuse/i decline/i oppose/ow scorn/ow',
  clarifies: 'clarify/cbo:clarified specify/co:specified',
  corrects: 'correct/co rectify/o:rectified',
  retracts: 'retract/o backtrack/w=on withdraw/ow:withdrew,withdrawn revoke/ow',
  confirms: 'confirm/cbo agree/cbi=with,to reaffirm/cbo verify/cow:verified concur/cw:concurred',
  promises: `promise/cbiho vow/cbi pledge/cbio guarantee/cow undertake/iw:undertook,undertaken threaten/cig
    commit/w=to:committed swear/cbi:swore,sworn offer/iw`,
  accuses: `accuse/a=of blame/ao=for,on denounce/op condemn/op criticise/ao=for,over criticize/ao=for,over slam/aow=for,over:slammed
    blast/aow=for,over lambast/aow=for lambaste/aow=for decry/op:decried deplore/o fault/aw=for charge/cw attack/aow=for
    rebuke/aow=for chide/aw=for`,
  explains: 'explain/cbo justify/ow:justified',
  orders: `order/hio instruct/hi direct/hiw command/hiw decree/co forbid/ohw:forbade,forbidden ban/o:banned prohibit/o`,
};

/*
 * French: -er verbs by infinitive alone; others with their forms after a colon:
 * participle,present singular,present plural,past historic,imperfect stem,gerund.
 */
const FRENCH: Partial<Record<SpeechAct, string>> = {
  says: `dire/cio:dit,dit,disent,dit,dis,disant déclarer/ci affirmer/ci assurer/ci ajouter/c indiquer/c souligner/co
    rappeler/co:rappelé,rappelle,rappellent,rappela,rappel,rappelant annoncer/cio signaler/co noter/cw remarquer/cw observer/cw
    estimer/ci juger/cp considérer/ciw:considéré,considère,considèrent,considéra,considér,considérant
    soutenir/ci:soutenu,soutient,soutiennent,soutint,souten,soutenant
    prétendre/ci:prétendu,prétend,prétendent,prétendit,prétend,prétendant arguer/c=de,du insister/c=sur
    marteler/c:martelé,martèle,martèlent,martela,martel,martelant
    répéter/c:répété,répète,répètent,répéta,répét,répétant réitérer/co:réitéré,réitère,réitèrent,réitéra,réitér,réitérant
    répondre/c:répondu,répond,répondent,répondit,répond,répondant
    rétorquer/c répliquer/c lancer/w confier/c raconter/co témoigner/cw écrire/cw:écrit,écrit,écrivent,écrivit,écriv,écrivant
    reconnaître/cio:reconnu,reconnaît,reconnaissent,reconnut,reconnaiss,reconnaissant
    admettre/co:admis,admet,admettent,admit,admett,admettant avouer/ci
    concéder/c:concédé,concède,concèdent,concéda,concéd,concédant regretter/cio déplorer/co plaider/co=pour alléguer/co:allégué,allègue,allèguent,allégua,allégu,alléguant
    avertir/ch:averti,avertit,avertissent,avertit,avertiss,avertissant prévenir/ch:prévenu,prévient,préviennent,prévint,préven,prévenant
    alerter/w=sur évoquer/ow révéler/co:révélé,révèle,révèlent,révéla,révél,révélant proposer/ico résumer/w
    poursuivre/w:poursuivi,poursuit,poursuivent,poursuivit,poursuiv,poursuivant renchérir/c:renchéri,renchérit,renchérissent,renchérit,renchériss,renchérissant
    conclure/c=à,au,aux:conclu,conclut,concluent,conclut,conclu,concluant suggérer/cio:suggéré,suggère,suggèrent,suggéra,suggér,suggérant
    certifier/ci marmonner/w murmurer/cw crier/cw tweeter/c détailler/ow commenter/w relever/cw:relevé,relève,relèvent,releva,relev,relevant
    constater/co s'indigner/w indigner/w s'exclamer/w exclamer/w féliciter/w réagir/w:réagi,réagit,réagissent,réagit,réagiss,réagissant
    rapporter/ciow informer/ch ironiser/w décrire/pw:décrit,décrit,décrivent,décrivit,décriv,décrivant qualifier/p
    marquer/w prédire/co:prédit,prédit,prédisent,prédit,prédis,prédisant préconiser/oi recommander/io conseiller/iw
    prôner/ow saluer/ow vanter/ow défendre/ow:défendu,défend,défendent,défendit,défend,défendant
    chiffrer/w évaluer/w énoncer/co:énoncé,énonce,énoncent,énonça,énonç,énonçant stipuler/c disposer/cw prévoir/cw:prévu,prévoit,prévoient,prévit,prévoy,prévoyant
    démontrer/cw montrer/cw établir/cw:établi,établit,établissent,établit,établiss,établissant retenir/cw:retenu,retient,retiennent,retint,reten,retenant
    objecter/c tempérer/w:tempéré,tempère,tempèrent,tempéra,tempér,tempérant enchaîner/w soupirer/w s'étonner/w étonner/w
    s'insurger/w insurger/w s'alarmer/w alarmer/w s'inquiéter/w:inquiété,inquiète,inquiètent,inquiéta,inquiét,inquiétant s'interroger/w
    plaisanter/w narrer/cw supposer/cw pronostiquer/cow laisser/w marquer/w`,
  asks: `demander/cio=si requérir/ow:requis,requiert,requièrent,requit,requér,requérant réclamer/co exiger/cio interroger/w exhorter/hi=à appeler/hi=à,au,aux:appelé,appelle,appellent,appela,appel,appelant
    solliciter/ow supplier/w prier/w inviter/hiw=à implorer/w questionner/w revendiquer/co`,
  denies: 'démentir/cio:démenti,dément,démentent,démentit,dément,démentant nier/cio',
  rejects:
    'contester/cio réfuter/cio récuser/o rejeter/o:rejeté,rejette,rejettent,rejeta,rejet,rejetant refuser/iow balayer/o:balayé,balaie,balaient,balaya,balay,balayant écarter/ow exclure/ciow:exclu,exclut,excluent,exclut,exclu,excluant',
  clarifies: 'préciser/co clarifier/co nuancer/cw',
  corrects: 'rectifier/co corriger/ow',
  retracts: 'rétracter/ow revenir/w=sur:revenu,revient,reviennent,revint,reven,revenant',
  confirms:
    'confirmer/cio réaffirmer/cio acquiescer/cw:acquiescé,acquiesce,acquiescent,acquiesça,acquiesç,acquiesçant',
  promises: `promettre/cio:promis,promet,promettent,promit,promett,promettant
    garantir/ciow:garanti,garantit,garantissent,garantit,garantiss,garantissant menacer/iw=de jurer/ci`,
  accuses: `accuser/a=de,du,d' dénoncer/co fustiger/o condamner/ow critiquer/o railler/ow brocarder/ow épingler/ow étriller/ow tancer/ow reprocher/ci blâmer/aw=pour pointer/ow`,
  explains: 'expliquer/cio justifier/ow',
  orders:
    'ordonner/cio enjoindre/ciw:enjoint,enjoint,enjoignent,enjoignit,enjoign,enjoignant sommer/hiw intimer/ciw imposer/w interdire/oi:interdit,interdit,interdisent,interdit,interdis,interdisant',
};

interface Entry {
  lemma: string;
  flags: string;
  prepositions: string[];
  forms: string[];
}

function parse(entry: string): Entry {
  const [head, forms] = entry.split(':');
  const [frame, prepositions] = head!.split('=');
  const [lemma, flags] = frame!.split('/');
  // The forms may carry the prepositions behind them: "speak/w=of:spoke,spoken" and "admit/c:admitted=to" are the same.
  const [words, late] = (forms ?? '').split('=');
  return {
    lemma: lemma!,
    flags: flags ?? '',
    prepositions: (prepositions ?? late ?? '').split(',').filter(Boolean),
    forms: words ? words.split(',') : [],
  };
}

function build(
  table: Partial<Record<SpeechAct, string>>,
  forms: (entry: Entry) => [string, CueForm['form']][],
) {
  const cues = new Map<string, CueForm>();
  for (const act of Object.keys(table) as SpeechAct[]) {
    for (const word of (table[act] ?? '').split(/\s+/).filter(Boolean)) {
      const entry = parse(word);
      for (const [surface, form] of forms(entry)) {
        // A participle that is also a finite form (« dit ») stays finite: the finder looks for its auxiliary anyway.
        if (cues.has(surface) && form !== 'finite') continue;
        const may = (flag: string) => entry.flags.includes(flag);
        cues.set(surface, {
          lemma: entry.lemma,
          act,
          form,
          clause: may('c'),
          bare: may('b'),
          infinitive: may('i'),
          gerund: may('g'),
          hearer: may('h'),
          object: may('o'),
          predicate: may('p'),
          against: may('a'),
          prepositions: entry.prepositions,
          weak: may('w'),
        });
      }
    }
  }
  return cues;
}

function englishForms({ lemma, forms }: Entry): [string, CueForm['form']][] {
  const stem = lemma.replace(/e$/, '');
  const consonantY = /[^aeiou]y$/.test(lemma);
  const third = consonantY
    ? `${lemma.slice(0, -1)}ies`
    : /(?:s|sh|ch|x)$/.test(lemma)
      ? `${lemma}es`
      : `${lemma}s`;
  const past = forms[0] ?? (consonantY ? `${lemma.slice(0, -1)}ied` : `${stem}ed`);
  const doubled = /^(?:admit|commit|submit|slam|rebut|concur|begin)$/.test(lemma)
    ? `${lemma}${lemma.at(-1)}`
    : lemma.endsWith('ee')
      ? lemma
      : stem;
  return [
    [lemma, 'finite'],
    [third, 'finite'],
    [past, 'finite'],
    ...(forms[1] ? ([[forms[1], 'participle']] as [string, CueForm['form']][]) : []),
    [`${doubled}ing`, 'gerund'],
  ];
}

function frenchForms({ lemma: full, forms }: Entry): [string, CueForm['form']][] {
  const lemma = full.replace(/^s'/, '');
  const stem = lemma.slice(0, -2);
  // Before a, o: -ger keeps its e, -cer takes a cedilla.
  const soft = lemma.endsWith('ger') ? `${stem}e` : lemma.endsWith('cer') ? `${stem.slice(0, -1)}ç` : stem;
  const closed = stem.replace(/é([^aeiouéè]+)$/, 'è$1');
  const [participle, singular, plural, past, imperfect, gerund] =
    forms.length === 6
      ? (forms as [string, string, string, string, string, string])
      : [`${stem}é`, `${closed}e`, `${closed}ent`, `${soft}a`, soft, `${soft}ant`];
  const pastPlural = past.endsWith('a')
    ? `${past.slice(0, -1).replace(/ç$/, 'c').replace(/ge$/, 'g')}èrent`
    : `${past.slice(0, -1)}rent`;
  const future = lemma.endsWith('enir')
    ? `${lemma.slice(0, -4)}iendr`
    : /eler$|eter$/.test(lemma) && singular.includes('ll')
      ? `${singular}r`
      : /eler$|ever$/.test(lemma)
        ? `${singular}r`
        : lemma.replace(/e$/, '');
  return [
    [singular, 'finite'],
    [plural, 'finite'],
    [past, 'finite'],
    [pastPlural, 'finite'],
    [`${imperfect}ait`, 'finite'],
    [`${imperfect}aient`, 'finite'],
    // Only for a body that speaks of itself: « Nous demandons ».
    [`${imperfect}ons`, 'finite'],
    [`${future}a`, 'finite'],
    [`${future}ont`, 'finite'],
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
