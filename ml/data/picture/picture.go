// Package picture has the decoders that the data source "images" needs: PNG,
// JPEG, GIF and WebP. A program that opens such data imports it for its effect;
// one that only reads experiments, such as the page, does without and stays small.
package picture

import (
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/webp"
)
