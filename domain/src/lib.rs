//! HnH's types, rules and wire format, without I/O.
