//! A range with two ends that can both be moved.

use dioxus::prelude::*;
use hnh_domain::nutrient::Range;

use crate::i18n::t;

/// Two native sliders on one track, so that keys and screen readers work as in any slider. An end
/// at the edge of the scale is no limit. `onchange` comes when a thumb is let go.
#[component]
pub(crate) fn RangeSlider(
    label: String,
    /// The greatest amount on the scale.
    max: f32,
    step: f32,
    /// The unit shown behind the amounts.
    unit: String,
    value: Option<Range>,
    onchange: EventHandler<Option<Range>>,
) -> Element {
    let ends = |range: Option<Range>| {
        let low = range.and_then(|r| r.min).unwrap_or(0.0).clamp(0.0, max);
        let high = range.and_then(|r| r.max).unwrap_or(max).clamp(0.0, max);
        (low, high)
    };
    // While a thumb moves the page must not ask the core at every step.
    let mut moved = use_signal(|| None::<(f32, f32)>);
    let (low, high) = moved().unwrap_or_else(|| ends(value));
    let mut commit = move || {
        if let Some((low, high)) = moved.take() {
            let min = (low > 0.0).then_some(low);
            let max = (high < max).then_some(high);
            onchange.call((min.is_some() || max.is_some()).then_some(Range { min, max }));
        }
    };
    let said = match (low > 0.0, high < max) {
        (false, false) => t!("range-any"),
        (true, false) => t!("range-from", amount = show(low, &unit)),
        (false, true) => t!("range-to", amount = show(high, &unit)),
        (true, true) => t!("range-between", low = low.to_string(), high = show(high, &unit)),
    };
    let at = |end: f32| if max > 0.0 { end / max } else { 0.0 };
    rsx! {
        fieldset { class: "range", style: "--low: {at(low)}; --high: {at(high)}",
            legend { span { "{label}" } span { class: "range-said", "{said}" } }
            div { class: "range-track",
                input {
                    r#type: "range",
                    "aria-label": t!("range-least", name = label.clone()),
                    "aria-valuetext": show(low, &unit),
                    min: "0", max: "{max}", step: "{step}", value: "{low}",
                    oninput: move |event| {
                        if let Ok(end) = event.value().parse::<f32>() {
                            moved.set(Some((end.min(high), high)));
                        }
                    },
                    onchange: move |_| commit(),
                }
                input {
                    r#type: "range",
                    "aria-label": t!("range-most", name = label.clone()),
                    "aria-valuetext": show(high, &unit),
                    min: "0", max: "{max}", step: "{step}", value: "{high}",
                    oninput: move |event| {
                        if let Ok(end) = event.value().parse::<f32>() {
                            moved.set(Some((low, end.max(low))));
                        }
                    },
                    onchange: move |_| commit(),
                }
            }
        }
    }
}

fn show(amount: f32, unit: &str) -> String {
    format!("{} {unit}", crate::format::number(amount, 1))
}
