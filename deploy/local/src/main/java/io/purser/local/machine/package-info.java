/** Finds what this machine has for a run, and takes away what a run leaves: programs, free ports, folders. */
@NullMarked
package io.purser.local.machine;

import org.jspecify.annotations.NullMarked;
