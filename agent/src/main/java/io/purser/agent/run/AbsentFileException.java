package io.purser.agent.run;

import io.purser.agent.template.source.SourceException;

/** A file that a template reads is not there, but may come. */
final class AbsentFileException extends SourceException {

    private static final long serialVersionUID = 1L;

    AbsentFileException(String path) {
        super("the file " + path + ", which the template reads");
    }
}
