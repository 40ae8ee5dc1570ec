//! The few words that the program itself shows; the page has its own.

use hnh_domain::text::Lang;

/// A word of the program's; a phone's has no menu and no tray.
#[cfg(desktop)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Back,
    Edit,
    File,
    Forward,
    Go,
    Install,
    Later,
    NewPost,
    NewVersion,
    Open,
    Print,
    Quit,
    Reload,
    Search,
}

#[cfg(desktop)]
impl Word {
    /// The word in a language.
    pub(crate) const fn said(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Back, Lang::Ko) => "뒤로",
            (Self::Back, Lang::En) => "Back",
            (Self::Edit, Lang::Ko) => "편집",
            (Self::Edit, Lang::En) => "Edit",
            (Self::File, Lang::Ko) => "파일",
            (Self::File, Lang::En) => "File",
            (Self::Forward, Lang::Ko) => "앞으로",
            (Self::Forward, Lang::En) => "Forward",
            (Self::Go, Lang::Ko) => "이동",
            (Self::Go, Lang::En) => "Go",
            (Self::Install, Lang::Ko) => "설치하고 다시 시작",
            (Self::Install, Lang::En) => "Install and restart",
            (Self::Later, Lang::Ko) => "나중에",
            (Self::Later, Lang::En) => "Later",
            (Self::NewPost, Lang::Ko) => "글쓰기",
            (Self::NewPost, Lang::En) => "New post",
            (Self::NewVersion, Lang::Ko) => "새 버전이 나왔어요:",
            (Self::NewVersion, Lang::En) => "There is a new version:",
            (Self::Open, Lang::Ko) => "HnH 열기",
            (Self::Open, Lang::En) => "Open HnH",
            (Self::Print, Lang::Ko) => "인쇄…",
            (Self::Print, Lang::En) => "Print…",
            (Self::Quit, Lang::Ko) => "종료",
            (Self::Quit, Lang::En) => "Quit",
            (Self::Reload, Lang::Ko) => "새로 고침",
            (Self::Reload, Lang::En) => "Reload",
            (Self::Search, Lang::Ko) => "검색",
            (Self::Search, Lang::En) => "Search",
        }
    }
}

/// The system's language: Korean or, for all others, English.
pub(crate) fn system_language() -> Lang {
    if sys_locale::get_locale().is_some_and(|locale| locale.starts_with("ko")) { Lang::Ko } else { Lang::En }
}
