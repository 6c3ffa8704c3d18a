/**
 * Users, tokens and organisations over HTTP, for those who manage them: JSON for programs, plain
 * pages for people.
 *
 * <p>A browser adds a password that it knows to whatever any page sends, so a change is taken from
 * a page of this server only, or from a program.
 *
 * <p>Knows no store and no question.
 */
package nl.ketendata.server.manage;
