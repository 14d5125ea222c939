package runner

import "descent/ml/session"

// A Fake is a trainer that a test plays: it notes what it is sent and says what it is told to.
type Fake struct {
	Sent    []session.Command
	Starts  int
	Files   []File
	receive func(Message)
}

// Start notes the start.
func (f *Fake) Start(receive func(Message)) {
	f.Starts++
	f.receive = receive
}

// Send notes the command.
func (f *Fake) Send(c session.Command) { f.Sent = append(f.Sent, c) }

// Bring notes the files.
func (f *Fake) Bring(files []File) { f.Files = files }

// Say delivers an event.
func (f *Fake) Say(e session.Event) { f.receive(Message{Event: e}) }

// Die ends the trainer.
func (f *Fake) Die(message string) { f.receive(Message{Failure: &Failure{Message: message}}) }
