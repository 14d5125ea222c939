package language

import (
	"fmt"
	"strings"

	"descent/ml/config"
)

// problems is the Chinese for what the core says of documents, by its English formats. Arguments come as text, so all
// verbs are %s, or %[n]s where the Chinese wants another order.
var problems = merged(configProblems, editProblems, layerProblems, dataProblems, opProblems, textProblems, taskProblems, writingProblems, fileProblems, trainingProblems, diagnoses, keepProblems, evaluateProblems)

// Problem says what is wrong, in the reader's language where the core told what the sentence was made of.
func (l Language) Problem(e *config.Error) string {
	if l == Chinese && e.Said.Format != "" {
		return said(e.Said)
	}
	return e.Msg
}

// Message says what the core said, in the reader's language where it told what that was made of.
func (l Language) Message(m config.Message) string {
	if l == Chinese {
		return said(m)
	}
	return m.Text
}

func said(m config.Message) string {
	if m.Format == "" {
		return m.Text
	}
	text, ok := problems[m.Format]
	if !ok {
		// A term, or the name of a setting, perhaps.
		for _, kind := range []string{"", "field."} {
			if label, known := terms[kind+strings.ReplaceAll(m.Format, " ", "_")]; known {
				return label
			}
		}
		return m.Text
	}
	args := make([]any, len(m.Args))
	for i, a := range m.Args {
		args[i] = said(a)
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}
