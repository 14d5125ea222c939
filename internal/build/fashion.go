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

// fashion lists the files of Fashion-MNIST with the SHA-256 of their plain IDX form.
var fashion = []struct{ name, sum string }{
	{"train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"},
	{"train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"},
	{"t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"},
	{"t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"},
}

const (
	fashionFrom = "/usr/share/datasets/fashion-mnist/" // where Debian's package dataset-fashion-mnist has them
	fashionTo   = "web/data/fashion-mnist/"
)

// copyFashion brings Fashion-MNIST where the site serves it from. It is part of no npm package, so a machine without
// Debian's package makes a site without it.
func copyFashion() error {
	missing := false
	for _, f := range fashion {
		if _, err := os.Stat(fashionTo + f.name + ".gz"); err != nil {
			missing = true
		}
	}
	if !missing {
		return nil
	}
	if _, err := os.Stat(fashionFrom + fashion[0].name + ".gz"); err != nil {
		say("Fashion-MNIST is not on this machine: its preset has no data (on Debian: apt-get install dataset-fashion-mnist, and build again)")
		return nil
	}
	say("copying Fashion-MNIST")
	for _, f := range fashion {
		packed, err := os.ReadFile(fashionFrom + f.name + ".gz")
		if err != nil {
			return err
		}
		raw, err := unpack(packed)
		if err != nil {
			return fmt.Errorf("%s%s.gz: %w", fashionFrom, f.name, err)
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != f.sum {
			return fmt.Errorf("%s%s.gz is not the file of Fashion-MNIST it should be (its SHA-256 is %x)", fashionFrom, f.name, sum)
		}
		if _, err := update(fashionTo+f.name+".gz", packed); err != nil {
			return err
		}
	}
	return nil
}

func unpack(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
