// region first-app
package myapp

import dev.vloop.spring.LoopMethod
import java.util.concurrent.atomic.AtomicInteger
import org.springframework.boot.autoconfigure.SpringBootApplication
import org.springframework.boot.runApplication
import org.springframework.stereotype.Component

@SpringBootApplication(proxyBeanMethods = false) // so that the class need not be open
class App

fun main(args: Array<String>) {
    runApplication<App>(*args)
}

@Component
class News {
    val read = AtomicInteger()

    @LoopMethod(name = "news", every = "5m")
    fun read() = println("news ${read.incrementAndGet()}")
}
// end region
