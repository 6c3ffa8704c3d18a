/**
 * What the administrator may choose: {@code ketendata.toml} and the command line, as records with
 * safe defaults. All faults are reported together.
 *
 * <p>Knows nothing of what the settings are used for; nobody else reads files, properties or
 * environment for settings.
 */
package nl.ketendata.server.settings;
