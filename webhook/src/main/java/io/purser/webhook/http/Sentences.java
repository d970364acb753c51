package io.purser.webhook.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers that are one sentence for a person: the API server shows the body of an answer that is no review. */
final class Sentences {

    private Sentences() {}

    /** Sends a status with a sentence, unless the answer was begun already. */
    static Future<Void> send(HttpServerRequest request, int status, String sentence) {
        HttpServerResponse response = request.response();
        if (response.headWritten() || response.closed()) {
            return Future.succeededFuture();
        }
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(sentence + "\n");
    }
}
