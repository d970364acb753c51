package io.purser.planted.agent.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pure class that reads a file. */
public final class ReadsAFile {

    String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
