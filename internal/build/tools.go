//go:build !js

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// needs are the programs that the tests run, with the names each goes by and the Debian packages that hold it.
var needs = []struct {
	what     string
	commands []string
	packages []string
}{
	{"Node.js", []string{"node"}, []string{"nodejs"}},
	{"npm", []string{"npm"}, []string{"npm"}},
	{"Chromium", []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}, []string{"chromium"}},
}

// tools installs what the tests need and this machine lacks, where it may.
func tools() error {
	var missing, packages []string
	for _, n := range needs {
		if !installed(n.commands) {
			missing = append(missing, n.what)
			packages = append(packages, n.packages...)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	lack := strings.Join(missing, ", ")
	apt := "apt-get install --no-install-recommends " + strings.Join(packages, " ")

	prefix, ok := mayInstall()
	if !ok {
		return fmt.Errorf("the tests need %s. Install it first (on Debian, as root: %s)", lack, apt)
	}
	say("installing %s with apt-get", lack)
	for _, args := range [][]string{
		{"apt-get", "update", "-qq"},
		append(strings.Fields(apt), "-y", "-qq"),
	} {
		cmd := exec.Command("env", append([]string{"DEBIAN_FRONTEND=noninteractive"}, args...)...)
		if prefix != "" {
			cmd = exec.Command(prefix, append([]string{"-n"}, cmd.Args...)...)
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s\nInstall %s by hand and try again", strings.Join(args, " "), err, out, lack)
		}
	}
	return nil
}

func installed(commands []string) bool {
	for _, c := range commands {
		if _, err := exec.LookPath(c); err == nil {
			return true
		}
	}
	return false
}

// mayInstall reports whether apt-get can be run here without asking for a password, and through which program.
func mayInstall() (prefix string, ok bool) {
	if _, err := exec.LookPath("apt-get"); err != nil {
		return "", false
	}
	if os.Geteuid() == 0 {
		return "", true
	}
	return "sudo", exec.Command("sudo", "-n", "true").Run() == nil
}
