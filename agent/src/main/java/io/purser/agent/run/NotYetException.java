package io.purser.agent.run;

import io.purser.agent.template.source.SecretRequest;
import io.purser.agent.template.source.SourceException;

/** A template needs an answer that the agent does not have yet: evaluation stops, and starts again when it is there. */
final class NotYetException extends SourceException {

    private static final long serialVersionUID = 1L;

    private final transient SecretRequest request;

    NotYetException(SecretRequest request) {
        super("waiting for " + request);
        this.request = request;
    }

    SecretRequest request() {
        return request;
    }
}
