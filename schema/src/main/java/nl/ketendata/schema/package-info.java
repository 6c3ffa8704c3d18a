/**
 * What Ketendata is: products, messages, files, columns, keys, joins, relations and code lists of
 * iWmo and iJw, read from resource files and checked as a whole when the catalogue is read.
 *
 * <p>Knows nothing of files on disk, engines or protocols; uses the JDK only.
 *
 * <p>Glossary: a <em>product</em> is a delivery's domain ({@code ijw}, {@code iwmo}); a <em>table
 * </em> is one CSV file of the delivery ({@code JW301_ToegewezenProduct}); a <em>join</em> is a
 * declared parent-child link inside one message ({@code P…} rows); a <em>relation</em> links
 * messages to each other ({@code R…} rows).
 */
package nl.ketendata.schema;
