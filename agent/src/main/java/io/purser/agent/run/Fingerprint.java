package io.purser.agent.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** Tells whether what a path leads to has changed, without reading it. */
final class Fingerprint {

    /** Of a path that leads nowhere. */
    static final String ABSENT = "";

    private Fingerprint() {}

    static String of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " "
                    + attributes.size();
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
