package io.purser.agent.template.eval;

import io.purser.agent.template.function.NumberMethods;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.JsonNumber;
import io.purser.agent.template.value.Methods;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the methods of a value's Go type. */
final class MethodTable {
    private MethodTable() {}

    static @Nullable Methods of(Object receiver) {
        if (receiver instanceof Methods methods) {
            return methods;
        }
        if (receiver instanceof JsonNumber || receiver instanceof GoInt) {
            return NumberMethods.of(receiver);
        }
        if (receiver instanceof GoStruct struct && struct.type().equals("dependency.PemEncoded")) {
            return new CertificateMethods(struct);
        }
        return null;
    }

    /** A certificate can be asked for its data, as a secret can, and gives itself. */
    private record CertificateMethods(GoStruct certificate) implements Methods {
        @Override
        public @Nullable String signature(String method) {
            return method.equals("Data") ? "Data() any" : null;
        }

        @Override
        public Object invoke(String method, List<@Nullable Object> arguments) {
            return certificate;
        }

        @Override
        public String goType() {
            return certificate.type();
        }
    }
}
