/** The program that docs/jda.md shows, with its imports: so it is in another package than the library. */
package dev.vloop.jda.page;
