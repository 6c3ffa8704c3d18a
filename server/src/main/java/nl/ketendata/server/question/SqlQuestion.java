package nl.ketendata.server.question;

import java.util.Optional;

/**
 * A question in SQL.
 *
 * @param text one statement; a final semicolon is allowed
 * @param organisation the catalog of unqualified names; empty when the caller has only one
 */
public record SqlQuestion(String text, Optional<String> organisation) {}
