//! HnH's program for desktops and phones: a window with the same app as in the browser, and the core in the process.
//!
//! The page is served under `app://localhost` ([`scheme`]): its files from the program's folder or, on a phone, from the program itself, what lies under `/api`
//! from the server. It reaches the core by one command ([`core`]) and hears what changed by one event. What only a
//! program can do (position, notifications, tray, files, links) has a module each; `js/program.js` gives it to the page.

#[cfg(desktop)]
mod awake;
mod core;
mod keys;
mod links;
#[cfg(desktop)]
mod menu;
mod notify;
#[cfg(desktop)]
mod options;
mod position;
mod save;
mod scheme;
mod servers;
#[cfg(desktop)]
mod tray;
#[cfg(desktop)]
mod updates;
mod window;
mod words;

use tauri::{App, Builder, Context, Manager, Wry};

/// Runs the program that `context` describes until it is quit.
///
/// # Panics
/// When the system has no window to give, or the data folder cannot be written.
pub fn run(context: Context) {
    let level = tracing_subscriber::EnvFilter::try_from_env("HNH_LOG").unwrap_or_else(|_| "hnh_desktop=info".into());
    tracing_subscriber::fmt().with_env_filter(level).with_writer(std::io::stderr).init();
    let builder = for_system(Builder::default())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .register_asynchronous_uri_scheme_protocol(scheme::NAME, |context, request, responder| {
            let app = context.app_handle().clone();
            tauri::async_runtime::spawn(async move { responder.respond(scheme::answer(&app, &request).await) });
        })
        .setup(|app| set_up(app));
    #[cfg(not(target_os = "linux"))]
    let builder = builder.plugin(tauri_plugin_notification::init());
    match builder.build(context) {
        Ok(app) => app.run(|_app, _event| {
            #[cfg(target_os = "macos")]
            if let tauri::RunEvent::Opened { urls } = _event {
                links::follow_now(_app, urls.iter().map(tauri::Url::as_str));
            }
        }),
        Err(error) => panic!("HnH cannot start: {error}"),
    }
}

/// What only desktops have: one instance, menu, tray, updates, a window that remembers its place.
#[cfg(desktop)]
fn for_system(builder: Builder<Wry>) -> Builder<Wry> {
    use tauri_plugin_autostart::MacosLauncher;

    builder
        // First, so that a second start ends before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| {
            links::follow_now(app, arguments.iter().skip(1).map(String::as_str));
        }))
        .plugin(tauri_plugin_autostart::init(MacosLauncher::LaunchAgent, None))
        .plugin(tauri_plugin_updater::Builder::new().build())
        .plugin(tauri_plugin_window_state::Builder::default().build())
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
}

/// What only phones have: their position by the system's service, links that the system hands over.
#[cfg(mobile)]
fn for_system(builder: Builder<Wry>) -> Builder<Wry> {
    builder.plugin(tauri_plugin_deep_link::init()).plugin(tauri_plugin_geolocation::init()).invoke_handler(
        tauri::generate_handler![
            core::call,
            links::ready,
            position::position,
            save::save_file,
            servers::servers,
            servers::use_server,
        ],
    )
}

fn set_up(app: &mut App<Wry>) -> Result<(), Box<dyn std::error::Error>> {
    let handle = app.handle();
    app.manage(links::Waiting::default());
    app.manage(notify::Told::default());
    let servers = servers::Servers::load(app.path().app_data_dir()?)?;
    app.manage(core::CoreSlot::start(handle, &servers)?);
    app.manage(servers);
    #[cfg(desktop)]
    {
        app.manage(awake::Awake::default());
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        links::follow(handle, arguments.iter().map(String::as_str));
    }
    #[cfg(mobile)]
    links::listen(handle)?;
    window::open(handle)?;
    #[cfg(desktop)]
    {
        options::restore(handle);
        updates::look(handle);
    }
    Ok(())
}
