package nl.ketendata.server.question;

import java.util.Optional;

/**
 * The number of rows of a table.
 *
 * @param table exact name of the table
 * @param filter the condition that rows fulfil
 */
public record CountQuestion(String table, Optional<Expression> filter) {}
