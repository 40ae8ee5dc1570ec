//! Pages as JSON, written without reading the items again, which a JSON writer wrote when the index was built.

/// Appends a page up to its closing brace, which is the caller's: more fields may follow. Byte for byte what
/// serialising [`hnh_domain::page::Page`] gives.
pub(crate) fn write_page<I>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = I>,
    mut write_item: impl FnMut(&mut Vec<u8>, I),
    (next, total): (Option<&str>, Option<u64>),
) {
    out.extend_from_slice(br#"{"items":["#);
    for (number, item) in items.into_iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        write_item(out, item);
    }
    out.push(b']');
    if let Some(next) = next {
        // A cursor is base64url, which JSON needs not escape.
        out.extend_from_slice(br#","next":""#);
        out.extend_from_slice(next.as_bytes());
        out.push(b'"');
    }
    if let Some(total) = total {
        write_number(out, br#","total":"#, total);
    }
}

/// Appends a number after a field's name.
pub(crate) fn write_number(out: &mut Vec<u8>, field: &[u8], number: u64) {
    out.extend_from_slice(field);
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}
