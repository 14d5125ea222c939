package data

import "descent/ml/config"

// A FileError is what is wrong with a file of a dataset.
type FileError struct {
	File       string         // "mnist/train-images-idx3-ubyte.gz"
	Msg        config.Message // what is wrong and what to do
	Want, Have int64          // where it is about a size, a count or a value
	Offset     int64          // of the byte of a text that it is about, from 0
	Line       int            // and its line, from 1; 0 when it is about no place
	Err        error          // the cause, or nil
}

func (e *FileError) Error() string { return e.File + ": " + e.Msg.Text }

// Message is what Error says, with what it is made of.
func (e *FileError) Message() config.Message {
	if e.File == pastedText.Text {
		return config.Say("%s: %s", pastedText, e.Msg)
	}
	return config.Say("%s: %s", e.File, e.Msg)
}

func (e *FileError) Unwrap() error { return e.Err }
