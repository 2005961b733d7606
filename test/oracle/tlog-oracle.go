// Checks a Constat log with independent code, golang.org/x/mod/sumdb/{note,tlog}: signatures, roots, entries, proofs.
// Run: d=$(mktemp -d) && cp test/oracle/tlog-oracle.go $d && cd $d && go mod init oracle && go get golang.org/x/mod && go run . LOGDIR VKEY
// LOGDIR holds tile/… and the checkpoints as checkpoint, checkpoint.1, checkpoint.256 and so on, all of which are checked.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tiles reads c2sp.org/tlog-tiles files; the checksum database's own paths have the tile height in them.
type tiles struct{ dir string }

func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		bytes, err := os.ReadFile(filepath.Join(t.dir, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func open(file string, known note.Verifiers) tlog.Tree {
	bytes, err := os.ReadFile(file)
	must(err)
	n, err := note.Open(bytes, known)
	must(err)
	lines := strings.Split(n.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

// entries reads the bundles of a tree of n entries.
func entries(dir string, n int64) [][]byte {
	var all [][]byte
	for index := int64(0); index*256 < n; index++ {
		tile := tlog.Tile{H: 8, L: 0, N: index, W: int(min(256, n-index*256))}
		path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
		bytes, err := os.ReadFile(filepath.Join(dir, path))
		must(err)
		for len(bytes) > 0 {
			length := int(binary.BigEndian.Uint16(bytes))
			all = append(all, bytes[2:2+length])
			bytes = bytes[2+length:]
		}
	}
	return all
}

func main() {
	dir := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	must(err)
	files, err := filepath.Glob(filepath.Join(dir, "checkpoint*"))
	must(err)
	var trees []tlog.Tree
	for _, file := range files {
		trees = append(trees, open(file, note.VerifierList(verifier)))
	}
	sort.Slice(trees, func(i, j int) bool { return trees[i].N < trees[j].N })

	for i, tree := range trees {
		reader := tlog.TileHashReader(tree, tiles{dir})
		root, err := tlog.TreeHash(tree.N, reader)
		must(err)
		if root != tree.Hash {
			log.Fatalf("size %d: wrong root", tree.N)
		}
		all := entries(dir, tree.N)
		if int64(len(all)) != tree.N {
			log.Fatalf("size %d: %d entries", tree.N, len(all))
		}
		step := max(1, tree.N/1000)
		proofs := 0
		for index := int64(0); index < tree.N; index += step {
			proof, err := tlog.ProveRecord(tree.N, index, reader)
			must(err)
			must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(all[index])))
			proofs++
		}
		for _, old := range trees[:i+1] {
			if old.N == 0 {
				continue
			}
			proof, err := tlog.ProveTree(tree.N, old.N, reader)
			must(err)
			must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
			proofs++
		}
		fmt.Printf("size %d: signature, root, %d entries, %d proofs: ok\n", tree.N, len(all), proofs)
	}
}
