/**
 * Who is it: passwords, tokens, sign-in and its throttle; ends in a {@link
 * nl.ketendata.server.policy.Caller}.
 *
 * <p>Knows no protocol but the {@code Authorization} header, and does not decide what a caller may
 * do.
 */
package nl.ketendata.server.identity;
