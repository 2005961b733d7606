// The closed word classes of English and French, and the nouns that name speakers, people counted, things and places.
// Data only; the speech verbs are in cue.ts, months and weekdays in date.ts, number words in number-word.ts.
import type { Language } from './propose.ts';

/** Word classes of one language, all in lower case with plain apostrophes. */
export interface Lexicon {
  /** Words that begin a noun phrase. */
  determiners: Set<string>;
  prepositions: Set<string>;
  /** Prepositions that may stand inside the name of a speaker: "minister *of* state", « maire *de* Calais ». */
  linking: Set<string>;
  conjunctions: Set<string>;
  /** Pronouns that can be subjects, with what they may stand for. */
  pronouns: Map<string, Pronoun>;
  relatives: Set<string>;
  /** Pronouns that are never subjects: "them", « eux ». */
  objects: Set<string>;
  auxiliaries: Set<string>;
  /** Forms of *be*: before a participle they make a passive. */
  passives: Set<string>;
  modals: Set<string>;
  negations: Set<string>;
  /** Adverbs and object pronouns that may stand between a subject and its verb. */
  adverbs: Set<string>;
  /** Every word of the classes above. */
  functionWords: Set<string>;
  /** Functions of a person: minister, mayor, spokeswoman. */
  roles: Set<string>;
  /** Nouns that head the name of a body: ministry, association, report. */
  bodies: Set<string>;
  /** Plain nouns for people. */
  people: Set<string>;
  /** Nouns for things counted in this field. */
  things: Set<string>;
  /** Common nouns for places: town, camp, port. */
  places: Set<string>;
  honorifics: Map<string, Gender>;
}

/** Grammatical or stated gender of a person, as far as the text says. */
export type Gender = 'f' | 'm' | null;

/** What a pronoun may stand for. */
export interface Pronoun {
  refers: 'person' | 'group' | 'thing' | 'author' | 'anyone';
  gender: Gender;
}

const list = (words: string): Set<string> => new Set(words.trim().split(/\s+/));

function pronouns(entries: Record<Pronoun['refers'], string>): Map<string, Pronoun> {
  const map = new Map<string, Pronoun>();
  for (const refers of Object.keys(entries) as Pronoun['refers'][]) {
    for (const entry of entries[refers].split(' ')) {
      const [word, gender] = entry.split(':');
      if (word) map.set(word, { refers, gender: gender === 'f' || gender === 'm' ? gender : null });
    }
  }
  return map;
}

function lexicon(parts: Omit<Lexicon, 'functionWords'>): Lexicon {
  const functionWords = new Set<string>([
    ...parts.determiners,
    ...parts.prepositions,
    ...parts.linking,
    ...parts.conjunctions,
    ...parts.pronouns.keys(),
    ...parts.relatives,
    ...parts.objects,
    ...parts.auxiliaries,
    ...parts.modals,
    ...parts.negations,
    ...parts.adverbs,
  ]);
  return { ...parts, functionWords };
}

const english = lexicon({
  determiners: list(
    'the a an this that these those his her its their our my your some any each every no another both several many few other most all one two three four five six seven eight nine ten',
  ),
  prepositions: list(
    'of for from at in on by with without within about over under after before between among against during through since until into onto upon near around outside inside across along behind beyond despite toward towards to via per like as than because amid following including according off out up down',
  ),
  linking: list('of for from at'),
  conjunctions: list(
    'and or but nor so yet while when where if whether although though unless as because since &',
  ),
  pronouns: pronouns({
    person: 'he:m she:f',
    group: 'they',
    thing: 'it',
    author: 'i we you',
    anyone: 'who which',
  }),
  relatives: list('who which that whose whom what how why'),
  objects: list('them us him me'),
  auxiliaries: list(
    "has have had having is are was were be been being am do does did done 's 've 'd 'm 're isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't",
  ),
  passives: list("is are was were be been being isn't aren't wasn't weren't"),
  modals: list(
    "will would can could shall should may might must 'll won't wouldn't can't cannot couldn't shouldn't mustn't ought",
  ),
  negations: list("not never n't neither"),
  adverbs: list(
    'also later however then now again already just only even still too earlier once often sometimes always soon repeatedly further therefore moreover meanwhile nevertheless nonetheless instead yesterday today tomorrow himself herself itself themselves previously recently immediately publicly reportedly there here together alone rather very more less',
  ),
  roles: list(
    `minister ministers secretary president chairman chairwoman chairperson chair mayor deputy prefect sub-prefect governor senator
    commissioner ambassador premier chancellor director manager head chief leader boss founder co-founder coordinator co-ordinator
    spokesman spokeswoman spokesperson spokespeople officer officers official officials lawyer lawyers barrister solicitor judge prosecutor
    prosecutors magistrate rapporteur ombudsman professor doctor researcher researchers analyst expert experts activist activists volunteer
    volunteers campaigner campaigners worker workers observer observers member members mp mps councillor councillors lawmaker
    lawmakers captain colonel general sergeant superintendent inspector adviser advisor aide envoy representative representatives delegate
    reporter journalist journalists author authors witness witnesses resident residents owner driver nurse medic teacher
    priest bishop imam accountant administrator admiral agent apprentice architect archbishop archivist arbitrator artist assessor
    attorney auditor baker bailiff banker barber biologist bookseller brigadier broker builder butcher buyer caretaker
    carpenter cashier chaplain chemist clerk coach commander commentator commodore companion comptroller conductor constable consul
    consultant contractor controller cook coroner correspondent counsel counsellor courier curator cyclist dealer dean defendant
    demonstrator dentist designer detective diplomat dispatcher diver docker economist editor educator electrician engineer eyewitness
    farmer father financier firefighter fisherman forecaster foreman forester gardener gendarme geographer geologist grandmother grandfather
    guard guardian guide harbourmaster headmaster headmistress headteacher helper historian host hotelier housekeeper housewife hydrologist
    inhabitant instructor interpreter investigator investor janitor janitress jeweller jockey juror justice keeper labourer landlady
    landlord lecturer legislator librarian lieutenant lifeguard linguist lobbyist lorry-driver machinist maid manufacturer marshal master
    mathematician matron mechanic mediator meteorologist midwife miner missionary mother motorist mountaineer musician negotiator neighbour
    newsreader notary novelist operator organiser organizer paramedic parent passer-by pastor patient paymaster pensioner petitioner
    pharmacist philosopher photographer physician physicist pilot plaintiff planner plumber poet policeman policewoman politician porter
    postman postmaster postwoman principal probationer producer programmer proprietor psychiatrist psychologist publisher pupil purser quartermaster
    rabbi ranger receptionist recorder rector referee refugee registrar reservist restaurateur retailer rider ringmaster rower
    runner sailor salesman saleswoman scholar scientist seaman secretary-general shepherd sheriff shopkeeper skipper sociologist soldier
    specialist sportsman spouse statistician steward stewardess stockbroker strategist student sub-editor supervisor surgeon surveyor survivor
    tailor taxpayer technician teller tenant trader trainee trainer translator traveller treasurer trustee tutor undersecretary
    undertaker usher counterpart colleague predecessor successor rival ally critic opponent supporter valuer vet veterinarian vicar verger victim vintner viscount walker warden warder watchman waiter
    waitress widow widower winemaker woodcutter writer`,
  ),
  bodies: list(
    'evidence submission panel regulator inspectorate utility bank insurer supplier manufacturer brewery council cabinet academy secretariat treasury exchange chamber tribunal inquiry inquest paper leaflet bulletin minutes memo memorandum judgement dossier circular decree notice website utility registry prosecution defence management chain club school clinic hospital airline airport railway port parish diocese church mosque synagogue hospice museum theatre trust society network alliance confederation congress delegation mission task-force taskforce squad brigade regiment battalion unit division directorate inspectorate court-martial government ministry prefecture authority authorities police gendarmerie council committee commission parliament court tribunal ngo ngos association associations charity charities organisation organisations organization organizations group groups agency union office department administration force service services company firm operator coalition party embassy coastguard guard navy army watchdog ombudsman office report study statement document survey paper newspaper agency letter ruling judgment verdict press media state city board federation foundation institute university watch bank senate assembly opposition campaign majority source sources poll analysis kremlin downing',
  ),
  people: list(
    'people persons person men man women woman children child migrants migrant refugees refugee asylum-seekers seekers exiles minors minor families family households household residents inhabitants civilians citizens protesters demonstrators victims survivors passengers arrivals officers police policemen gendarmes soldiers troops agents staff volunteers workers observers teenagers adults boys girls babies infants students drivers smugglers traffickers prisoners detainees nationals others locals neighbours lives souls dead',
  ),
  things: list(
    'tents tent tarpaulins tarps blankets bags mattresses phones bicycles shelters huts shacks camps camp evictions eviction operations operation arrests arrest attempts attempt crossings crossing boats boat dinghies vessels lorries lorry trucks vehicles cars buses places beds meals deaths death incidents incident cases case complaints applications sites buildings homes houses fences cameras days weeks months years hours minutes items reports interviews tonnes kilometres',
  ),
  places: list(
    'town city village camp port area region site district neighbourhood county department province capital country border coast beach station hospital tunnel settlement jungle woods forest island',
  ),
  honorifics: new Map<string, Gender>([
    ['mr', 'm'],
    ['mr.', 'm'],
    ['mrs', 'f'],
    ['mrs.', 'f'],
    ['ms', 'f'],
    ['ms.', 'f'],
    ['miss', 'f'],
    ['sir', 'm'],
    ['dame', 'f'],
    ['lord', 'm'],
    ['mme', 'f'],
    ['madame', 'f'],
    ['monsieur', 'm'],
    ['lady', 'f'],
    ['dr', null],
    ['dr.', null],
    ['prof', null],
    ['prof.', null],
    ['rep', null],
    ['sen', null],
    ['gov', null],
    ['gen', null],
    ['col', null],
    ['capt', null],
    ['judge', null],
  ]),
});

const french = lexicon({
  determiners: list(
    "le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes plusieurs quelques chaque certains certaines aucun aucune tout toute tous toutes deux trois quatre cinq six sept huit neuf dix",
  ),
  prepositions: list(
    "de d' du des à au aux en dans sur sous par pour avec sans chez contre entre vers depuis pendant durant avant après devant derrière malgré selon hors près dès jusqu' jusque outre parmi lors concernant via afin loin autour",
  ),
  linking: list("de d' du des à au aux pour en"),
  conjunctions: list(
    "et ou mais donc or ni car que qu' quand lorsque lorsqu' comme si puisque puisqu' tandis alors",
  ),
  pronouns: pronouns({
    person: 'il:m elle:f',
    group: 'ils elles',
    thing: "ce c' cela ça",
    author: "je j' nous vous tu on",
    anyone: 'qui',
  }),
  relatives: list("qui que qu' dont où lequel laquelle lesquels lesquelles quoi"),
  objects: list('eux moi toi lui'),
  auxiliaries: list(
    'a ont avait avaient aura auront aurait auraient ait aient ayant avoir ai as avons avez avais eu est sont était étaient sera seront serait seraient soit soient étant été être suis fut furent eut eurent',
  ),
  passives: list('est sont était étaient sera seront serait seraient soit soient été être étant fut furent'),
  modals: list(
    'peut peuvent pourrait pourraient doit doivent devrait devraient veut veulent voudrait va vont faut',
  ),
  negations: list("ne n' pas plus jamais point guère rien"),
  adverbs: list(
    "aussi également ensuite alors encore déjà toujours même bien très trop ainsi pourtant cependant toutefois néanmoins d'abord enfin puis hier aujourd'hui demain lui leur nous vous se s' y en me m' te t' l' le la les publiquement immédiatement récemment notamment aussitôt plutôt non plus moins par ailleurs",
  ),
  roles: list(
    `ministre ministres secrétaire président présidente maire maires adjoint adjointe préfet préfète sous-préfet sous-préfète gouverneur
    sénateur sénatrice député députée députés élu élue élus commissaire ambassadeur ambassadrice premier chancelière chancelier
    directeur directrice responsable responsables chef cheffe dirigeant dirigeante fondateur fondatrice cofondateur cofondatrice coordinateur coordinatrice
    coordonnateur coordonnatrice porte-parole officier agent agents avocat avocate avocats juge procureur procureure magistrat magistrate
    rapporteur rapporteuse défenseur défenseure professeur professeure médecin chercheur chercheuse chercheurs analyste expert experte experts
    militant militante militants bénévole bénévoles membre membres observateur observatrice observateurs conseiller conseillère capitaine colonel
    général inspecteur inspectrice représentant représentante représentants délégué déléguée journaliste journalistes auteur auteure auteurs témoin
    témoins habitant habitante habitants riverain riveraine riverains salarié salariée infirmier infirmière enseignant enseignante prêtre
    évêque imam numéro acheteur acheteuse actionnaire adjudant administrateur administratrice agriculteur agricultrice aide-soignant aide-soignante ambulancier
    ambulancière animateur animatrice apiculteur apprenti architecte archiviste artisan assistante assistant attaché attachée boulanger boulangère
    brigadier brigadière caissier caissière candidat candidate caporal chauffeur chauffeuse chirurgien chirurgienne citoyen citoyenne comédien
    comédienne commandant commandante commerçant commerçante comptable concierge conducteur conductrice consul contrôleur contrôleuse correspondant correspondante
    couturière cuisinier cuisinière curé démographe dentiste dessinateur diplomate docker docteur docteure doyen doyenne économiste
    éclusier écrivain éditeur éditrice éducateur éducatrice électricien éleveur éleveuse employé employée entraîneur entraîneuse enquêteur
    enquêtrice étudiant étudiante ferrailleur forain garagiste garde-champêtre gardien gardienne géographe géologue gérant gérante greffier
    greffière guide historien historienne horloger hôtelier hôtelière huissier huissière hydrologue imprimeur ingénieur ingénieure instituteur
    institutrice interne interprète jardinier juriste lieutenant lieutenante libraire linguiste locataire magasinier maçon maître maîtresse
    maraîcher marin marraine mécanicien mécanicienne médiateur médiatrice mère météorologue meunier militaire mineur moine musicien
    musicienne navigateur navigatrice négociateur négociatrice notaire nourrice officière opérateur organisateur organisatrice ouvrier ouvrière parent
    parrain passager passagère pasteur patient patiente patron patronne pêcheur pêcheuse père pharmacien pharmacienne photographe
    pilote pompier pompière postier postière proviseur proviseure principal principale psychiatre psychologue rapporteure rabbin recteur
    rectrice référent référente régisseur restaurateur restauratrice retraité retraitée sage-femme secouriste sergent sergente serveur serveuse
    sociologue soldat soignant soignante soldate sous-officier statisticien statisticienne surveillant surveillante technicien technicienne tenancier tenancière
    traducteur traductrice transporteur travailleur travailleuse trésorier trésorière urbaniste urgentiste usager usagère vendeur vendeuse vétérinaire
    viticulteur viticultrice voisin voisine voyageur voyageuse zoologue mari épouse veuve veuf cousin cousine frère
    sœur collègue camarade époux fils fille oncle tante grand-mère grand-père maman papa ami amie compagne compagnon client cliente
    édile homologue prévenu prévenue accusé accusée plaignant plaignante gréviste syndicaliste adhérent adhérente élève lycéen lycéenne
    collégien collégienne dame confrère consœur`,
  ),
  bodies: list(
    'régulateur inspection rectorat académie trésor chambre banque assureur fournisseur usine direction clinique hôpital école collège lycée club paroisse diocèse église mosquée musée théâtre réseau alliance confédération congrès délégation mission brigade régiment unité division circulaire décret arrêté note mémoire compte-rendu procès-verbal avis bulletin tract site registre défense intersyndicale collectivité intercommunalité communauté caisse mutuelle coordination plateforme observatoire régie compagnie chaîne radio magazine revue quotidien hebdomadaire agence ordonnance décision gouvernement ministère préfecture sous-préfecture autorité autorités police gendarmerie conseil comité commission parlement tribunal cour parquet ong association associations collectif collectifs organisation organisations groupe agence syndicat syndicats bureau administration force forces service services société entreprise opérateur coalition parti ambassade garde garde-côtes gardes-côtes opposition majorité source sources sondage analyse marine armée mairie municipalité ville état rapport étude communiqué document enquête journal lettre jugement arrêt presse fédération fondation institut université assemblée sénat élysée matignon exécutif direction département région métropole réseau observatoire cimade croix-rouge secours médecins',
  ),
  people: list(
    'personnes personne gens hommes homme femmes femme enfants enfant migrants migrant migrantes exilés exilées exilé réfugiés réfugié demandeurs mineurs mineur familles famille foyers foyer ménages habitants civils citoyens manifestants victimes survivants passagers arrivées policiers gendarmes militaires soldats agents bénévoles salariés observateurs adolescents adultes garçons filles bébés étudiants chauffeurs passeurs détenus ressortissants riverains âmes morts blessés candidats',
  ),
  things: list(
    'tentes tente bâches couvertures sacs matelas téléphones vélos abris abri cabanes camps camp campements campement évacuations évacuation expulsions expulsion opérations opération interpellations interpellation arrestations tentatives tentative traversées traversée bateaux bateau embarcations embarcation navires camions camion véhicules voitures bus places lits repas décès incidents cas plaintes demandes sites bâtiments logements maisons clôtures caméras jours semaines mois années ans heures minutes tonnes kilomètres euros postes',
  ),
  places: list(
    'ville commune village camp campement port zone région site quartier département province capitale pays frontière côte plage gare hôpital tunnel jungle bois forêt île littoral agglomération',
  ),
  honorifics: new Map<string, Gender>([
    ['m', 'm'],
    ['m.', 'm'],
    ['mme', 'f'],
    ['mlle', 'f'],
    ['madame', 'f'],
    ['monsieur', 'm'],
    ['me', null],
    ['dr', null],
    ['pr', null],
  ]),
});

/** The word classes of a language. */
export function lexiconOf(language: Language): Lexicon {
  return language === 'fr' ? french : english;
}

/** Months by name and common abbreviation, 1 to 12. */
const MONTHS: Record<Language, Map<string, number>> = {
  en: numbered(
    'january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct november|nov december|dec',
  ),
  fr: numbered(
    'janvier|janv février|févr|fevrier mars avril|avr mai juin juillet|juil août|aout septembre|sept octobre|oct novembre|nov décembre|déc|decembre',
  ),
};

/** Days of the week by name, 1 (Monday) to 7, as in ISO 8601. */
const WEEKDAYS: Record<Language, Map<string, number>> = {
  en: numbered('monday|mon tuesday|tue|tues wednesday|wed thursday|thu|thurs friday|fri saturday sunday'),
  fr: numbered('lundi mardi mercredi jeudi vendredi samedi dimanche'),
};

function numbered(words: string): Map<string, number> {
  return new Map(
    words.split(' ').flatMap((names, index) => names.split('|').map((name) => [name, index + 1] as const)),
  );
}

/** The month a word names, 1 to 12. */
export function monthOf(word: string, language: Language): number | undefined {
  return MONTHS[language].get(word);
}

/** The day of the week a word names, 1 (Monday) to 7. */
export function weekdayOf(word: string, language: Language): number | undefined {
  return WEEKDAYS[language].get(word);
}
