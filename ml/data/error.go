package data

// A FileError is what is wrong with a file of a dataset.
type FileError struct {
	File       string // "mnist/train-images-idx3-ubyte.gz"
	Msg        string // what is wrong and what to do
	Want, Have int64  // where it is about a size, a count or a value
	Offset     int64  // of the byte of a text that it is about, from 0
	Line       int    // and its line, from 1; 0 when it is about no place
	Err        error  // the cause, or nil
}

func (e *FileError) Error() string { return e.File + ": " + e.Msg }

func (e *FileError) Unwrap() error { return e.Err }
