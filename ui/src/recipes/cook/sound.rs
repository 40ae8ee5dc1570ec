//! The sound of a timer that has ended: a few soft strokes, made on the spot.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, OscillatorType};

use crate::browser;

/// When strokes begin, in seconds, and how high they are, in hertz.
const STROKES: [(f64, f32); 6] =
    [(0.0, 880.0), (0.25, 1_108.7), (0.5, 1_318.5), (1.2, 880.0), (1.45, 1_108.7), (1.7, 1_318.5)];

/// How long a stroke sounds, in seconds.
const LENGTH: f64 = 0.5;

/// How loud, from 0 to 1.
const VOLUME: f32 = 0.35;

thread_local! {
    /// A page may have only a few of these, and only a click wakes one.
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Readies the sound; browsers allow it only in answer to a click.
pub(super) fn allow() {
    CONTEXT.with_borrow_mut(|context| {
        if context.is_none() {
            *context = AudioContext::new().ok();
        }
        if let Some(context) = context {
            // Refused without a click; the alert is seen all the same.
            context.resume().ok();
        }
    });
}

/// Rings, and shakes a phone. Without leave to sound, the page shows it alone.
pub(super) fn ring() {
    CONTEXT.with_borrow(|context| {
        if let Some(context) = context {
            for (begin, pitch) in STROKES {
                // A stroke that cannot sound is left out.
                stroke(context, context.current_time() + begin, pitch).ok();
            }
        }
    });
    vibrate(&[400.0, 200.0, 400.0]);
}

/// Ends what still shakes.
pub(super) fn hush() {
    vibrate(&[0.0]);
}

fn stroke(context: &AudioContext, begin: f64, pitch: f32) -> Result<(), JsValue> {
    let tone = context.create_oscillator()?;
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value(pitch);
    let volume = context.create_gain()?;
    volume.gain().set_value_at_time(VOLUME, begin)?;
    volume.gain().exponential_ramp_to_value_at_time(0.001, begin + LENGTH)?;
    tone.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&context.destination())?;
    tone.start_with_when(begin)?;
    tone.stop_with_when(begin + LENGTH)
}

fn vibrate(pattern: &[f64]) {
    let Some(navigator) = browser::window().map(|w| JsValue::from(w.navigator())) else { return };
    if let Some(vibrate) = browser::function(&navigator, "vibrate") {
        let pattern: js_sys::Array = pattern.iter().map(|ms| JsValue::from(*ms)).collect();
        // Desktop browsers have the method and nothing to shake.
        vibrate.call1(&navigator, &pattern).ok();
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = hnhAllowRing)]
    fn hnh_allow_ring();
    #[wasm_bindgen(js_name = hnhRing)]
    fn hnh_ring(title: &str, body: &str);
}

/// Asks once whether a timer may ring while the app is out of sight. Called from a click.
pub(super) fn allow_away() {
    hnh_allow_ring();
}

/// Tells of a timer by the system, where the app is out of sight.
pub(super) fn ring_away(title: &str, body: &str) {
    hnh_ring(title, body);
}
