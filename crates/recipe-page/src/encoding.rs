//! A page's bytes to text.

use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// Where browsers look for the declaration, and then some: pages put long comments first.
const DECLARED_WITHIN: usize = 4096;

/// Decodes by the byte order mark; else as UTF-8 where that is what it is; else by the
/// `<meta charset>`; else as UTF-8 with replacement signs.
pub(super) fn decode(page: &[u8]) -> Cow<'_, str> {
    if Encoding::for_bom(page).is_some() {
        return UTF_8.decode(page).0;
    }
    // A text of other bytes than ASCII that is sound UTF-8 is UTF-8, whatever the page declares.
    if let Ok(text) = std::str::from_utf8(page) {
        return Cow::Borrowed(text);
    }
    declared(page).unwrap_or(UTF_8).decode(page).0
}

/// The encoding named after the first `charset=` near the start.
fn declared(page: &[u8]) -> Option<&'static Encoding> {
    let start = &page[..page.len().min(DECLARED_WITHIN)];
    let key = b"charset=";
    let at = start.windows(key.len()).position(|window| window.eq_ignore_ascii_case(key))?;
    let label: Vec<u8> = start[at + key.len()..]
        .iter()
        .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        .copied()
        .collect();
    Encoding::for_label(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_encodings() {
        let (page, _, _) = encoding_rs::EUC_KR.encode("<meta charset='euc-kr'>김치찌개");
        assert!(decode(&page).ends_with("김치찌개"));
        let page = b"<meta http-equiv=Content-Type content=\"text/html; charset=ISO-8859-1\">cr\xe8me";
        assert!(decode(page).ends_with("crème"));
    }

    #[test]
    fn marks_and_broken_utf8() {
        assert_eq!(decode(b"\xef\xbb\xbfsoup"), "soup");
        assert_eq!(decode(b"\xff\xfes\0o\0"), "so");
        assert_eq!(decode(b"so\xffup"), "so\u{fffd}up");
    }
}
