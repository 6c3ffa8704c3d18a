/**
 * The roads by which deliveries reach the server while it runs: {@code PUT /leveringen/…} and the
 * inbox folders. Both end at the one door that the command line takes too, {@link
 * nl.ketendata.server.intake.Intake}, which tells what became of each delivery, by whom it came and
 * how far it is.
 *
 * <p>The inbox is looked into every second instead of being watched by the operating system: a
 * watch tells nothing on network drives (SMB, NFS), loses events when there are many, and knows
 * neither of files that were put there while the server was down nor of the moment at which a file
 * is complete. A look costs one listing per gemeente and product.
 *
 * <p>Knows nothing of what is in a delivery.
 */
package nl.ketendata.server.intake;
