package language

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"descent/ml/config"
)

// Every problem that the core can tell of has its Chinese: the formats are read from the core's sources.
func TestProblems(t *testing.T) {
	formats := map[string]string{}
	for _, kind := range []config.Kind{config.Null, config.Bool, config.Number, config.String, config.Array, config.Object} {
		formats[string(kind)] = "ml/config"
	}
	for _, word := range []string{"high", "wide", "channels", "filters"} { // in variables
		formats[word] = "ml/op"
	}
	for _, word := range []string{"values", "weights", "gradients"} {
		formats[word] = "ml/train"
	}
	walk := func(name string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			return nil // being written
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				arg, found := format(n)
				if is := filepath.ToSlash(name); !found && (strings.Contains(is, "ml/data/") || strings.Contains(is, "ml/safetensors/")) && (called(n) == "fail" || called(n) == "wrong") && len(n.Args) > 0 {
					arg, found = n.Args[0], true
				}
				if !found {
					break
				}
				if text, ok := literal(arg); ok && text != "%s" && text != "%v" {
					formats[text] = files.Position(n.Pos()).String()
				}
			case *ast.CompositeLit:
				if untold(n) {
					t.Errorf("%s: an error whose text cannot be translated: make it with config.Say", files.Position(n.Pos()))
				}
				if !isProblem(n.Type) {
					break
				}
				for _, e := range n.Elts {
					if kv, ok := e.(*ast.KeyValueExpr); ok {
						if _, said := literal(kv.Value); said && kv.Key.(*ast.Ident).Name == "Msg" {
							t.Errorf("%s: a problem whose Msg cannot be translated: make it with config.Problem", files.Position(n.Pos()))
						}
					}
				}
			}
			return true
		})
		return nil
	}
	for _, folder := range []string{"ml", "wasm"} {
		if err := filepath.WalkDir(filepath.Join("..", "..", folder), walk); err != nil {
			t.Fatal(err)
		}
	}
	for format, place := range formats {
		chinese, ok := problems[format]
		if !ok {
			t.Errorf("%s: the Chinese for %q is missing in problems_*.go", place, format)
			continue
		}
		count := len(config.Say(format, make([]any, strings.Count(format, "%"))...).Args)
		for _, verb := range regexp.MustCompile(`%[^%]`).FindAllString(strings.ReplaceAll(chinese, "%%", ""), -1) {
			if verb != "%s" && verb != "%[" {
				t.Errorf("%q has the verb %s; arguments come as text, so it is %%s or %%[n]s", chinese, verb)
			}
		}
		for _, index := range regexp.MustCompile(`%\[(\d+)\]s`).FindAllStringSubmatch(chinese, -1) {
			if n, _ := strconv.Atoi(index[1]); n < 1 || n > count {
				t.Errorf("%q names argument %d of %d", chinese, n, count)
			}
		}
		if plain := strings.Count(chinese, "%s"); plain > count || plain > 0 && plain < count {
			t.Errorf("%q fills %d of %d arguments", chinese, plain, count)
		}
	}
	for format := range problems {
		if formats[format] == "" {
			t.Errorf("nothing says %q", format)
		}
	}
}

// format returns the argument of a call that is a problem's format.
func format(call *ast.CallExpr) (ast.Expr, bool) {
	name, of := "", ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
		if x, ok := f.X.(*ast.Ident); ok {
			of = x.Name
		} else if x, ok := f.X.(*ast.SelectorExpr); ok {
			of = x.Sel.Name
		}
	}
	at := -1
	switch {
	case name == "Add" && (of == "errs" || of == "e"):
		at = 3
	case name == "Fail" && of == "b":
		at = 2
	case name == "Fail" && of == "a", name == "Problem", name == "Say", name == "Word", name == "Unknown", name == "Misnamed":
		at = 0
	case name == "placed", name == "errorAt":
		at = 2
	case name == "refuse" && of == "s":
		at = 0
	case name == "problem" && of == "b":
		at = 1
	}
	if at < 0 || at >= len(call.Args) {
		return nil, false
	}
	return call.Args[at], true
}

// called is the name of a function that is called, "" for a method.
func called(call *ast.CallExpr) string {
	if f, ok := call.Fun.(*ast.Ident); ok {
		return f.Name
	}
	return ""
}

// untold reports whether a file's error, or one that the session tells of, is made of a bare text.
func untold(made *ast.CompositeLit) bool {
	name := ""
	switch typ := made.Type.(type) {
	case *ast.Ident:
		name = typ.Name
	case *ast.SelectorExpr:
		name = typ.Sel.Name
	}
	given := map[string]ast.Expr{}
	for _, e := range made.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok {
				given[key.Name] = kv.Value
			}
		}
	}
	switch name {
	case "FileError", "TransferError":
		_, bare := given["Msg"].(*ast.CompositeLit)
		return bare
	case "Error":
		code, told := given["Code"].(*ast.Ident)
		return told && code.Name != "Invalid" && given["Said"] == nil
	}
	return false
}

func isProblem(typ ast.Expr) bool {
	switch t := typ.(type) {
	case *ast.Ident:
		return t.Name == "Error"
	case *ast.SelectorExpr:
		x, ok := t.X.(*ast.Ident)
		return ok && x.Name == "config" && t.Sel.Name == "Error"
	}
	return false
}

// literal is the text of an expression made of literals.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			text, err := strconv.Unquote(e.Value)
			return text, err == nil
		}
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also
	}
	return "", false
}

// What fills a problem is translated too, and comes where the Chinese wants it.
func TestProblem(t *testing.T) {
	for _, test := range []struct {
		e    *config.Error
		want string
	}{
		{config.Problem("wants a whole number, not %s", config.Word("null")), "要求整数，而不是空值（null）"},
		{config.Problem("%s", config.Unknown("layer", "dence", []string{"dense"})), "没有名为 \"dence\" 的层；您是不是要写 \"dense\"？"},
		{config.Problem("%s: %s", "a.csv", config.Say("line %d, column %q: %s", 3, "x", config.Say("%q %v", "1o", config.Problem("is not a number")))),
			"a.csv：第 3 行，列 \"x\"：\"1o\" 不是一个数"},
		{config.Problem("no better %s than %.6g in %d validations", config.Message{Text: "loss", Format: "metric.loss"}, 0.5, 3), "连续 3 次验证，损失都没有好于 0.5"},
		{config.Problem("not known here: %d", 5), "not known here: 5"},
		{&config.Error{Msg: "as it is"}, "as it is"},
	} {
		if got := Chinese.Message(test.e.Said); test.e.Said.Format != "" && got != test.want {
			t.Errorf("as a message %q, want %q", got, test.want)
		}
		if got := Chinese.Problem(test.e); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
		if got := English.Problem(test.e); got != test.e.Msg {
			t.Errorf("in English %q, want %q", got, test.e.Msg)
		}
	}
}
