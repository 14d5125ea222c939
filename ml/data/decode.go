package data

import "descent/ml/config"

// ReadPicture reads images for the source "images", as Read of package picture
// does. A program that opens such data sets it when it starts.
var ReadPicture func(b []byte, height, width int, crop bool) (small []float32, h, w int, err error)

// decodeImage reads an image and brings it to size: channels 3 for red, green
// and blue, or 1 for grey. The values are 0..255. With crop the sides that
// stand out are cut off, otherwise the image is stretched.
func decodeImage(dst []float32, file string, b []byte, height, width, channels int, crop bool) error {
	small, h, w, err := ReadPicture(b, height, width, crop)
	if err != nil {
		return &FileError{File: file, Msg: config.Told(err), Err: err}
	}
	if channels == 3 {
		resample(dst, small, height, width, h, w, 3)
		return nil
	}
	grey := small[:h*w] // each value is written behind where it is read
	grayscale{}.Apply(grey, small, Form{Shape: []int{h, w, 3}}, nil)
	resample(dst, grey, height, width, h, w, 1)
	return nil
}
