// Package session is the protocol between a user interface and a trainer, and
// the trainer's side of it. The page's worker and a server are two thin
// transports of the same commands and events.
//
// What holds whatever the transport:
//
//  1. The first event is a Hello with the protocol's version.
//  2. Commands take effect in the order they were sent.
//  3. A field of an Event that is not set means "unchanged": events may be
//     merged by laying the later over the earlier and joining their points,
//     changes and what was written.
//  4. Views (samples, tests, boundary, and those of sequences) are sent only
//     while the last event that carried views has been acknowledged; everything
//     else is never held back.
//  5. Points are never left out and come in the order of their steps; so does
//     what the model writes.
//  6. A command that cannot be obeyed is answered by an Error and changes nothing.
//  7. A session does nothing on its own: its owner calls Work, and decides how
//     long to go on and when to let others run.
package session
