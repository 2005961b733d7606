// VERIFY.md of a bundle: how to check it, in words, for somebody who has nothing but the bundle.

/** The notice, in English and French. */
export function noticeText(about: { title: string; vkey: string; origin: string }): string {
  const { vkey, origin } = about;
  return `# How to check this bundle · Comment vérifier ce paquet

${about.title.replace(/\s+/g, ' ')}

Log · Journal: ${origin}
Key · Clé: ${vkey}

## English

A program does all of this in seconds: \`constat verify FILE.zip --key '${vkey}'\`, or the page /verify of
any Constat site; the file stays on your device. Whoever distrusts programs can do it by hand:

1. **The key.** Compare the key above with the one the publisher gives elsewhere. Anybody can sign a bundle of their own
   with a key of their own; all that follows only shows that the holder of this key vouches for it.
2. **The files.** \`datapackage.json\` lists every file with its SHA-256, one a line, except itself and the folder \`seal\`.
   Compute the hashes (\`sha256sum\`) and compare; a file that is not listed is vouched for by nobody.
3. **The seal.** \`seal/export.json\` is the log entry made when this bundle was: its payload holds the SHA-256 of
   \`datapackage.json\`. So whoever changes a file has to change the list, and then the seal no longer fits.
4. **The log.** An entry stands in the log as a leaf of three lines: \`constat-entry@v1\`, then \`headCommitment\`, which
   hides who wrote it and when, then the base64 of SHA-256(salt followed by payload), each line ended by a newline. The
   payload is the bytes on its line of the entry file, the salt is given there in base64. The leaf's hash is SHA-256 of a
   zero byte followed by the leaf. The \`.tlog-proof\` file (c2sp.org/tlog-proof) gives the hashes that lead from there
   to the root: two hashes make SHA-256 of a one byte, the left and the right.
5. **The signature.** The proof ends with the log's checkpoint (c2sp.org/tlog-checkpoint): its name, its number of entries, its
   root, an empty line, and an Ed25519 signature over the three lines before it.
6. **The records.** For every record, \`entries/ID.json\` and \`proofs/ID.tlog-proof\` show in the same way when it was
   published and in which words. \`data\` holds the same records together, as JSON and as tables.
7. **The passages.** A passage says that the text \`texts/HASH.txt\`, from \`start\` to \`end\`, counted in UTF-16 code units, is
   \`exact\`. The text names the hash of the original that it was made from; the original lies under \`originals\`. Where a
   source may not be handed on, both are missing, and nobody but its holder can check this last step.

## Français

Un programme fait tout cela en quelques secondes : \`constat verify FICHIER.zip --key '${vkey}'\`, ou la page
/verify de tout site Constat ; le fichier reste sur votre appareil. Qui se méfie des programmes peut le faire à la main :

1. **La clé.** Comparez la clé ci-dessus à celle que l’éditeur donne ailleurs. N’importe qui peut signer son propre paquet avec sa
   propre clé ; la suite montre seulement que le détenteur de cette clé s’en porte garant.
2. **Les fichiers.** \`datapackage.json\` donne le SHA-256 de chaque fichier, un par ligne, sauf le sien et ceux du dossier
   \`seal\`. Calculez les empreintes (\`sha256sum\`) et comparez ; un fichier absent de la liste n’est garanti par personne.
3. **Le sceau.** \`seal/export.json\` est l’entrée du journal faite en même temps que ce paquet : sa charge (\`payload\`)
   contient le SHA-256 de \`datapackage.json\`. Qui modifie un fichier doit modifier la liste, et le sceau ne convient plus.
4. **Le journal.** Une entrée y figure comme une feuille de trois lignes : \`constat-entry@v1\`, puis \`headCommitment\`, qui
   cache qui l’a écrite et quand, puis la base64 de SHA-256(salt suivi de payload), chacune terminée par un saut de ligne. La
   charge est faite des octets de sa ligne, le sel y est donné en base64. L’empreinte de la feuille est le SHA-256 d’un octet
   nul suivi de la feuille. Le fichier \`.tlog-proof\` (c2sp.org/tlog-proof) donne les empreintes qui mènent de là à la
   racine : deux empreintes donnent le SHA-256 d’un octet un, de la gauche et de la droite.
5. **La signature.** La preuve se termine par l’état signé du journal (c2sp.org/tlog-checkpoint) : son nom, son nombre
   d’entrées, sa racine, une ligne vide, et une signature Ed25519 des trois lignes qui la précèdent.
6. **Les enregistrements.** Pour chacun, \`entries/ID.json\` et \`proofs/ID.tlog-proof\` montrent de même quand il a été publié, et en
   quels termes. \`data\` réunit les mêmes enregistrements, en JSON et en tableaux.
7. **Les passages.** Un passage dit que le texte \`texts/EMPREINTE.txt\`, de \`start\` à \`end\` comptés en unités UTF-16, est
   \`exact\`. Le texte nomme l’empreinte de l’original dont il est tiré ; l’original est dans \`originals\`. Quand une source ne
   peut être transmise, tous deux manquent, et seul son détenteur peut vérifier cette dernière étape.
`;
}
