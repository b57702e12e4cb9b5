package dev.vloop.spring.test;

import dev.vloop.LoopRuntime;
import dev.vloop.testkit.TestLoops;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** Gives test methods the runtime as a parameter. With {@code @Autowired} before it, Spring does that itself. */
final class TestLoopsParameter implements ParameterResolver {
    /** Makes the extension; JUnit calls it. */
    TestLoopsParameter() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == TestLoops.class || type == LoopRuntime.class)
                && parameter.getDeclaringExecutable() instanceof Method
                && !parameter.isAnnotated(Autowired.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return SpringExtension.getApplicationContext(context).getBean(TestLoops.class);
    }
}
