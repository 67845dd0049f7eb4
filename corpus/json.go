package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// An object writes a JSON object, its keys in the order in which they are set.
type object struct{ b bytes.Buffer }

// set adds a key with a value that can always be encoded.
func (o *object) set(key string, v any) {
	o.key(key)
	o.b.Write(encode(v))
}

// raw adds a key with a value that is JSON already.
func (o *object) raw(key string, v json.RawMessage) error {
	o.key(key)
	return json.Compact(&o.b, v)
}

func (o *object) key(key string) {
	sep := byte(',')
	if o.b.Len() == 0 {
		sep = '{'
	}
	o.b.WriteByte(sep)
	o.b.Write(encode(key))
	o.b.WriteByte(':')
}

// extra adds the other keys of a sentence, none of which may be one that the
// format uses itself, and closes the object.
func (o *object) extra(extra map[string]json.RawMessage, reserved []string) ([]byte, error) {
	for _, key := range sortedKeys(extra) {
		if slices.Contains(reserved, key) {
			return nil, fmt.Errorf("key %q cannot be held: the format uses it itself", key)
		}
		if err := o.raw(key, extra[key]); err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
	}
	return o.close(), nil
}

// close returns the object, which has a key.
func (o *object) close() []byte {
	o.b.WriteByte('}')
	return o.b.Bytes()
}

func sortedKeys(m map[string]json.RawMessage) []string { return slices.Sorted(maps.Keys(m)) }

// encode returns the JSON of plain values, which cannot fail, and leaves <, >
// and & as they are, so that the files stay readable.
func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// compact takes the white space out of JSON.
func compact(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return raw
	}
	return b.Bytes()
}
