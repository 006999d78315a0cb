// Checks an OpenCOPES ledger with the transparency-log code of the Go project
// (golang.org/x/mod/sumdb/note and tlog, Debian package golang-golang-x-mod-dev),
// which shares no line with OpenCOPES.
//
//	ledger-check <folder or http address> <vkey file> [index]
//
// It verifies the checkpoint's signature, recomputes the root from every entry,
// reads every leaf hash through tiles that are proven against the checkpoint,
// and proves that the entry at index is included and that an older tree is a prefix.
// One line per thing proven; exit 1 and the reason at the first that does not hold.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

type ledger struct{ base string }

// read gives a served file by its tlog-tiles path.
func (l ledger) read(path string) ([]byte, error) {
	if !strings.HasPrefix(l.base, "http://") && !strings.HasPrefix(l.base, "https://") {
		return os.ReadFile(filepath.Join(l.base, filepath.FromSlash(path)))
	}
	response, err := http.Get(strings.TrimSuffix(l.base, "/") + "/" + path)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	return io.ReadAll(response.Body)
}

func (l ledger) Height() int { return tileHeight }

// ReadTiles is the one piece of glue: Go writes the tile height into the path, tlog-tiles does not.
func (l ledger) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		data, err := l.read(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func (l ledger) SaveTiles([]tlog.Tile, [][]byte) {}

// checkpoint is the tree head, once its signature holds.
func (l ledger) checkpoint(vkey string) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(strings.TrimSpace(vkey))
	if err != nil {
		return tree, err
	}
	data, err := l.read("checkpoint")
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, fmt.Errorf("malformed root")
	}
	copy(tree.Hash[:], root)
	return tree, nil
}

// entries are the leaf data of every entry, in order.
func (l ledger) entries(size int64) ([][]byte, error) {
	var found [][]byte
	for at := int64(0); at < size; at += 1 << tileHeight {
		width := size - at
		if width > 1<<tileHeight {
			width = 1 << tileHeight
		}
		tile := tlog.Tile{H: tileHeight, L: -1, N: at >> tileHeight, W: int(width)}
		data, err := l.read(strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("malformed bundle %s", tile.Path())
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			found, data = append(found, data[2:end]), data[end:]
		}
	}
	if int64(len(found)) != size {
		return nil, fmt.Errorf("%d entries served, the checkpoint says %d", len(found), size)
	}
	return found, nil
}

type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		found = append(found, s[index])
	}
	return found, nil
}

func checkRoot(tree tlog.Tree, entries [][]byte) error {
	var all stored
	for number, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(number), entry, all)
		if err != nil {
			return err
		}
		all = append(all, hashes...)
	}
	root, err := tlog.TreeHash(tree.N, all)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("ROOT MISMATCH: the entries lead to %v, the checkpoint says %v", root, tree.Hash)
	}
	return nil
}

func checkTiles(tree tlog.Tree, reader tlog.HashReader, entries [][]byte) error {
	for start := 0; start < len(entries); start += 1 << tileHeight {
		var indexes []int64
		for number := start; number < len(entries) && number < start+1<<tileHeight; number++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, int64(number)))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for at, hash := range hashes {
			if hash != tlog.RecordHash(entries[start+at]) {
				return fmt.Errorf("TILE MISMATCH at entry %d", start+at)
			}
		}
	}
	return nil
}

func checkProofs(tree tlog.Tree, reader tlog.HashReader, entry []byte, index int64) error {
	proof, err := tlog.ProveRecord(tree.N, index, reader)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return err
	}
	old := index + 1
	oldRoot, err := tlog.TreeHash(old, reader)
	if err != nil {
		return err
	}
	prefix, err := tlog.ProveTree(tree.N, old, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(prefix, tree.N, tree.Hash, old, oldRoot)
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	if len(os.Args) < 3 {
		check(fmt.Errorf("usage: ledger-check <folder or http address> <vkey file> [index]"))
	}
	served := ledger{os.Args[1]}
	vkey, err := os.ReadFile(os.Args[2])
	check(err)
	tree, err := served.checkpoint(string(vkey))
	check(err)
	fmt.Printf("checkpoint signed: %d entries\n", tree.N)
	entries, err := served.entries(tree.N)
	check(err)
	check(checkRoot(tree, entries))
	fmt.Println("root recomputed from all entries")
	reader := tlog.TileHashReader(tree, served)
	check(checkTiles(tree, reader, entries))
	fmt.Println("every tile proven and equal to its entries")
	if len(os.Args) > 3 {
		index, err := strconv.ParseInt(os.Args[3], 10, 64)
		check(err)
		if index < 0 || index >= tree.N {
			check(fmt.Errorf("no entry %d in %d", index, tree.N))
		}
		check(checkProofs(tree, reader, entries[index], index))
		fmt.Printf("entry %d included, the tree of %d is a prefix\n", index, index+1)
	}
}
