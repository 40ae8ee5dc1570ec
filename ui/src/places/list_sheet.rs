//! The sheet that holds the list: beside the map on a wide window, over it on a phone, where it has three heights and follows
//! the finger between them.

use dioxus::html::geometry::ClientPoint;
use dioxus::prelude::*;

use crate::browser;
use crate::i18n::t;

/// The id of the part that scrolls.
pub(super) const BODY: &str = "map-list-body";
/// The id of the page, which the sheet's heights are parts of.
pub(super) const PAGE: &str = "map-page";
/// The lowest height in CSS pixels: the handle and the line that says how many there are.
const PEEK_PX: f64 = 96.0;
/// What is left of the page above the highest.
const ABOVE_PX: f64 = 8.0;
/// A finger that moves less than this has not dragged, in CSS pixels.
const STILL_PX: f64 = 6.0;
/// A drag is carried on by its speed for so long, in ms.
const CARRY_MS: f64 = 160.0;

/// How much of a phone's window the list takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Height {
    /// The handle and one line.
    Peek,
    /// Some places, with the map above.
    #[default]
    Half,
    /// All but a strip of the map.
    Full,
}

impl Height {
    const ALL: [Self; 3] = [Self::Peek, Self::Half, Self::Full];

    const fn class(self) -> &'static str {
        match self {
            Self::Peek => "map-list map-list-peek",
            Self::Half => "map-list map-list-half",
            Self::Full => "map-list map-list-full",
        }
    }

    /// The height in CSS pixels on a page of this height.
    pub(super) fn pixels(self, page: f64) -> f64 {
        match self {
            Self::Peek => PEEK_PX,
            Self::Half => (page * 0.46).round(),
            Self::Full => page - ABOVE_PX,
        }
    }

    /// Where a sheet comes to rest that is let go at `pixels` with a speed in pixels a millisecond, upwards.
    fn after(pixels: f64, speed: f64, page: f64) -> Self {
        let aim = pixels + speed * CARRY_MS;
        let far = |height: &Self| (height.pixels(page) - aim).abs();
        Self::ALL.into_iter().min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or_default()
    }
}

/// The page's height in CSS pixels.
pub(super) fn page_height() -> f64 {
    browser::element(PAGE).map_or(600.0, |page| f64::from(page.client_height()))
}

/// A drag under way.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Drag {
    /// Where the finger began, and the sheet's height then.
    from: f64,
    height: f64,
    /// Where the finger is, when it got there, and its speed upwards in pixels a millisecond.
    at: f64,
    at_ms: f64,
    speed: f64,
}

impl Drag {
    fn new(y: f64, height: f64) -> Self {
        Self { from: y, height, at: y, at_ms: browser::now_ms(), speed: 0.0 }
    }

    fn to(self, y: f64) -> Self {
        let now = browser::now_ms();
        let speed = (self.at - y) / (now - self.at_ms).max(1.0);
        Self { at: y, at_ms: now, speed, ..self }
    }

    fn pixels(self, page: f64) -> f64 {
        (self.height + self.from - self.at).clamp(PEEK_PX, page - ABOVE_PX)
    }

    fn is_still(self) -> bool {
        (self.from - self.at).abs() < STILL_PX
    }
}

fn finger(event: &TouchEvent) -> Option<f64> {
    event.touches().first().map(|touch| touch.client_coordinates().y)
}

/// The sheet with its handle and what it lists.
#[component]
pub(super) fn ListSheet(
    height: Signal<Height>,
    label: String,
    busy: bool,
    onscroll: EventHandler<i32>,
    children: Element,
) -> Element {
    let mut height = height;
    let mut drag = use_signal(|| None::<Drag>);
    // The click that ends a drag is none.
    let mut dragged = use_signal(|| false);
    let begin = move |point: ClientPoint| drag.set(Some(Drag::new(point.y, height().pixels(page_height()))));
    let mut follow = move |y: f64| {
        let now = *drag.peek();
        if let Some(now) = now {
            drag.set(Some(now.to(y)));
        }
    };
    let mut let_go = move || {
        let Some(last) = drag.take() else { return };
        dragged.set(!last.is_still());
        if !last.is_still() {
            let page = page_height();
            height.set(Height::after(last.pixels(page), last.speed, page));
        }
    };
    let mut begin_by_handle = begin;
    let mut begin_by_body = begin;
    let style = drag()
        .filter(|drag| !drag.is_still())
        .map(|drag| format!("height: {}px; transition: none", drag.pixels(page_height())));
    let at_top = || browser::element(BODY).is_none_or(|body| body.scroll_top() <= 0);
    rsx! {
        section { class: height().class(), style, "aria-label": label, "aria-busy": "{busy}",
            button {
                r#type: "button",
                class: "map-list-handle",
                "aria-label": if height() == Height::Full { t!("list-lower") } else { t!("list-higher") },
                onclick: move |_| {
                    if !dragged.take() {
                        height.set(match height() {
                            Height::Peek => Height::Half,
                            Height::Half => Height::Full,
                            Height::Full => Height::Peek,
                        });
                    }
                },
                onpointerdown: move |event| {
                    dragged.set(false);
                    begin_by_handle(event.client_coordinates());
                    browser::hold_pointer(".map-list-handle", event.pointer_id());
                },
                onpointermove: move |event| follow(event.client_coordinates().y),
                onpointerup: move |_| let_go(),
                onpointercancel: move |_| let_go(),
                span { class: "sheet-grip" }
            }
            div {
                id: BODY,
                class: "map-list-body",
                onscroll: move |_| {
                    if let Some(body) = browser::element(BODY) {
                        onscroll.call(body.scroll_top());
                    }
                },
                // At its top the list itself takes the sheet along, as people expect of a sheet.
                ontouchstart: move |event| {
                    if let Some(touch) = event.touches().first().filter(|_| height() == Height::Peek || at_top()) {
                        begin_by_body(touch.client_coordinates());
                    }
                },
                ontouchmove: move |event| {
                    let Some(y) = finger(&event) else { return };
                    let Some(now) = *drag.peek() else { return };
                    // Upwards an open list scrolls; downwards, and out of its lowest height, the sheet moves.
                    if y < now.from && height() != Height::Peek || !at_top() {
                        drag.set(None);
                    } else {
                        follow(y);
                    }
                },
                ontouchend: move |_| let_go(),
                ontouchcancel: move |_| let_go(),
                {children}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_rests_where_the_finger_meant() {
        let page = 700.0;
        assert_eq!(Height::after(330.0, 0.0, page), Height::Half);
        assert_eq!(Height::after(150.0, 0.0, page), Height::Peek);
        assert_eq!(Height::after(600.0, 0.0, page), Height::Full);
        // A flick carries on.
        assert_eq!(Height::after(360.0, 1.5, page), Height::Full);
        assert_eq!(Height::after(300.0, -1.0, page), Height::Peek);
    }
}
