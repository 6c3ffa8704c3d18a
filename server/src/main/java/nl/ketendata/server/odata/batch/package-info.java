/**
 * Several questions in one request ({@code $batch}, as multipart and as JSON), and a question whose
 * options are too long for an address ({@code $query}). Each becomes an {@link
 * nl.ketendata.server.http.Exchange} of its own, which the head answers as any other; answers are
 * written while they come, so that a batch takes no more memory than its largest question.
 *
 * <p>Must not know what a question is.
 */
package nl.ketendata.server.odata.batch;
