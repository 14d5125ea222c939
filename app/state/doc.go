// Package state is everything that can change in the page, in plain Go: no browser, no components. A person's wishes
// come in as actions, the trainer's news as events, and both answer with the commands to send to the trainer.
//
//	commands := store.Apply(state.Play{})
//	commands := store.Reduce(event)
//
// What defines an experiment is in its document alone, so undo, links and files come from one place. Revisions count
// the changes of each part, which is how a component knows that it has nothing to draw.
package state
