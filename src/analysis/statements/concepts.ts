// The few words by which English and French texts of this field speak of the same thing: "tents" and « campement »,
// "evicted" and « expulsés ». A statement of one language is set against one of the other only through these and through
// names, numbers and topics; a word that is not here stands for itself.

/** One concept a line: its name, then the beginnings of its words; `=` before a word that must stand whole. */
const CONCEPTS = `
police polic gendarm =crs constab
camp =camp =camps campement encampment =tent =tents =tente =tentes shelter =abri =abris bivouac =jungle
evict evict eviction expuls evacu demantel dismantl
migrant migrant =exile =exiles =exilee =exilees refugee refugie asylum =asile
child =minor =minors mineur child enfant
smuggler smuggl passeur traffick trafiqu
border border frontier frontalier
boat =boat =boats bateau embarcation dinghy dinghies canot
death =dead =died =dies =die death =mort =morts =morte =mortes =mourir deces deced drown noyad =noye =noyes
injury injur =blesse =blesses =blessee =blessees blessure wound
arrest arrest interpell detain detention
seize confis seiz saisi saisie
destroy destroy destruct destruction detrui detrut slash lacer =torn demoli demont
gas =gas =gaz lacrymo teargas
food =food =meal =meals repas nourrit aliment
water =water =eau
hospital hospital hopit
violence violen brutal beat beaten
send =send =sends =sent =sending envoy =envoie deploy deploi
fence fence fences fencing =wall =walls cloture =mur =murs grillage
money =money =argent fund funds funding financ subvention
drone drone
phone =phone =phones telephone smartphone mobile
bus =bus =buses autocar =coach =coaches
school school ecole
fire =fire =fires incendi
warning warn warning preavis notice avert
crossing cross crossing travers
agreement agreement =accord =accords treaty traite
court court tribun
observer observer observa
journalist journal reporter
association associat
volunteer volunteer benevol
house housing heberg lodg loge logement accommod
close =close =closes =closed closing closure ferme fermer fermeture fermet
number number figure chiffre nombre
security security securit
civilservant =fonctionnaire =fonctionnaires
weapon weapon =arme =armes firearm
shot =shot =shots =tir =tirs shoot shooting
night =night =nights =nuit =nuits
port =port =ports harbour
road =road =roads =route =routes motorway autoroute
tax =tax =taxes impot =taxe
water-cannon cannon
forbid forbid forbade =ban =bans banned banning interdi prohib
contract contract =contrat =contrats
report =report =reports rapport
vote =vote =votes voted =voter
budget budget
strike =strike =strikes greve
flood flood inond
train =train =trains
prison prison jail
`;

const whole = new Map<string, string>();
const beginnings = new Map<string, string>();
for (const line of CONCEPTS.trim().split('\n')) {
  const [name, ...words] = line.split(' ') as [string, ...string[]];
  for (const word of words) {
    if (word.startsWith('=')) whole.set(word.slice(1), name);
    else beginnings.set(word, name);
  }
}
const SHORTEST = 4;
const LONGEST = Math.max(...[...beginnings.keys()].map((word) => word.length));

/** The concept a folded word stands for, or null where it stands for itself. */
export function conceptOf(word: string): string | null {
  const exact = whole.get(word);
  if (exact !== undefined) return exact;
  for (let length = Math.min(LONGEST, word.length); length >= SHORTEST; length--) {
    const concept = beginnings.get(word.slice(0, length));
    if (concept !== undefined) return concept;
  }
  return null;
}
