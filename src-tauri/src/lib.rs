//! HnH's program for the desktop: a window with the same app as in the browser, and the core in the process.
//!
//! The page is served under `app://localhost` ([`scheme`]): its files from the program's folder, what lies under `/api`
//! from the server. It reaches the core by one command ([`core`]) and hears what changed by one event. What only a
//! program can do (position, notifications, tray, files, links) has a module each; `js/program.js` gives it to the page.

mod awake;
mod core;
mod keys;
mod links;
mod menu;
mod notify;
mod options;
mod position;
mod save;
mod scheme;
mod servers;
mod tray;
mod updates;
mod window;
mod words;

use tauri::{App, Builder, Manager, Wry};
use tauri_plugin_autostart::MacosLauncher;

/// Runs the program until it is quit.
///
/// # Panics
/// When the system has no window to give, or the data folder cannot be written.
pub fn run() {
    let level = tracing_subscriber::EnvFilter::try_from_env("HNH_LOG").unwrap_or_else(|_| "hnh_desktop=info".into());
    tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr).init();
    let builder = Builder::default();
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(tauri_plugin_notification::init());
    let app = builder
        // First, so that a second start ends before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| links::follow_now(app, &arguments)))
        .plugin(tauri_plugin_autostart::init(MacosLauncher::LaunchAgent, None))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_updater::Builder::new().build())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .register_asynchronous_uri_scheme_protocol(scheme::NAME, |context, request, responder| {
            let app = context.app_handle().clone();
            tauri::async_runtime::spawn(async move { responder.respond(scheme::answer(&app, &request).await) });
        })
        .invoke_handler(tauri::generate_handler![
            awake::keep_awake,
            core::call,
            links::ready,
            options::options,
            options::set_option,
            position::position,
            save::save_file,
            servers::servers,
            servers::use_server,
        ])
        .menu(menu::build)
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .setup(|app| set_up(app))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(|_app, _event| {
            #[cfg(target_os = "macos")]
            if let tauri::RunEvent::Opened { urls } = _event {
                let program = std::iter::once(String::new());
                links::follow_now(_app, &program.chain(urls.iter().map(ToString::to_string)).collect::<Vec<_>>());
            }
        }),
        Err(error) => panic!("HnH cannot start: {error}"),
    }
}

fn set_up(app: &mut App<Wry>) -> Result<(), Box<dyn std::error::Error>> {
    let handle = app.handle();
    app.manage(awake::Awake::default());
    app.manage(links::Waiting::default());
    app.manage(notify::Told::default());
    let servers = servers::Servers::load(app.path().app_data_dir()?)?;
    app.manage(core::CoreSlot::start(handle, &servers)?);
    app.manage(servers);
    links::follow(handle, &std::env::args().collect::<Vec<_>>());
    window::open(handle)?;
    options::restore(handle);
    updates::look(handle);
    Ok(())
}
